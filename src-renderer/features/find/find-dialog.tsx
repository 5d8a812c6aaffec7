import { Button } from "antd";
import { useState } from "react";
import type { MemberCard } from "#shared/contracts/members.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { useCommands } from "../../app/keys/use-commands.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { KeyCap } from "../../ui/key-cap.tsx";
import { SearchList } from "../../ui/search-list.tsx";
import { useMemberOptions } from "./use-member-options.tsx";
import styles from "./find-dialog.module.css";

type Props = {
  readonly recent: readonly MemberCard[];
  readonly onPick: (member: MemberCard) => void;
  readonly onNewMember: (() => void) | undefined;
  readonly onClose: () => void;
};

/** Finds a member by anything a customer can say. */
export function FindDialog({ recent, onPick, onNewMember, onClose }: Props) {
  const { t } = useTexts();
  const [typed, setTyped] = useState("");
  useCommands("dialog", { back: onClose, find: onClose }, { isModal: true });
  const { text, groups, isSettled, count, note, trouble, take } = useMemberOptions(typed, recent);
  const counted = count === undefined ? "" : count > 0 ? t("find.count", { count }) : t("find.none");

  return (
    <Dialog title={t("find.title")} place="top" onClose={onClose} isTitleShown={false}>
      <SearchList
        label={t("find.label")}
        listLabel={t(text === "" ? "find.recent" : "find.results")}
        text={typed}
        onText={setTyped}
        groups={groups}
        isSettled={isSettled}
        onCommit={(id) => {
          const member = take(id);
          if (member) onPick(member);
        }}
        outcome={text === "" ? recent.length > 0 && t("find.recent") : counted}
      />
      {trouble && <RefusalNotice trouble={trouble} />}
      {note !== undefined && <p className={styles.note}>{note}</p>}
      <footer className={styles.footer}>
        <span className={styles.legend}>{t("find.legend")}</span>
        {onNewMember && (
          <Button onClick={onNewMember}>
            {t("find.newMember")} <KeyCap>F3</KeyCap>
          </Button>
        )}
      </footer>
    </Dialog>
  );
}
