import { Button } from "antd";
import { useState } from "react";
import type { MemberCard } from "#shared/contracts/members.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { useCommands } from "../../app/keys/use-commands.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { KeyCap } from "../../ui/key-cap.tsx";
import { SearchList } from "../../ui/search-list.tsx";
import { FoundMember } from "./found-member.tsx";
import { useFoundMembers } from "./use-found-members.ts";
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
  const found = useFoundMembers(typed);
  const isSearching = found.text !== "";
  const results = isSearching ? (found.members ?? []) : recent;
  const listLabel = t(isSearching ? "find.results" : "find.recent");

  return (
    <Dialog title={t("find.title")} place="top" onClose={onClose} isTitleShown={false}>
      <SearchList
        label={t("find.label")}
        listLabel={listLabel}
        text={typed}
        onText={setTyped}
        groups={[
          { label: listLabel, options: results.map((member) => ({ id: member.memberId, content: <FoundMember member={member} /> })) },
        ]}
        onCommit={(id) => {
          const member = results.find(({ memberId }) => memberId === id);
          if (member) onPick(member);
        }}
        outcome={
          isSearching
            ? found.members && (results.length > 0 ? t("find.count", { count: results.length }) : t("find.none"))
            : recent.length > 0 && t("find.recent")
        }
      />
      {found.trouble && <RefusalNotice trouble={found.trouble} />}
      {found.members && !found.isComplete && <p className={styles.note}>{t("find.incomplete")}</p>}
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
