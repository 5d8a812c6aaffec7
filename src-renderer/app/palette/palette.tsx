import { useState } from "react";
import type { MemberCard } from "#shared/contracts/members.ts";
import { useMemberOptions } from "../../features/find/use-member-options.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { KeyCap } from "../../ui/key-cap.tsx";
import { SearchList, type OptionGroup } from "../../ui/search-list.tsx";
import { useTexts } from "../intl/use-texts.ts";
import { useCommands } from "../keys/use-commands.ts";
import { RefusalNotice } from "../refusals/refusal-notice.tsx";
import { isCalled, type PaletteEntry } from "./palette-entry.ts";
import styles from "./palette.module.css";

type Props = {
  readonly screens: readonly PaletteEntry[];
  readonly acts: readonly PaletteEntry[];
  readonly settings: readonly PaletteEntry[];
  readonly recent: readonly MemberCard[];
  readonly onPick: (member: MemberCard) => void;
  readonly onClose: () => void;
};

/**
 * One line that reaches everything: screens, acts, settings and members. What is known at once stands before the members, who
 * come with the station's answer, so that nothing moves under the hand that presses Enter.
 */
export function Palette({ screens, acts, settings, recent, onPick, onClose }: Props) {
  const { t } = useTexts();
  const [typed, setTyped] = useState("");
  useCommands("dialog", { back: onClose, palette: onClose }, { isModal: true });
  const found = useMemberOptions(typed, recent);
  const wanted = typed.normalize("NFKC").trim();
  const called = (entries: readonly PaletteEntry[]): readonly PaletteEntry[] =>
    wanted === "" ? entries : entries.filter((entry) => isCalled(entry, wanted));

  const listed = [
    { label: t("palette.screens"), entries: called(screens) },
    { label: t("palette.acts"), entries: called(acts) },
    { label: t("palette.settings"), entries: called(settings) },
  ];
  const groups: readonly OptionGroup[] = [
    ...listed.map(({ label, entries }) => ({
      label,
      options: entries.map((entry) => ({ id: entry.id, isDisabled: entry.run === undefined, content: <Entry entry={entry} /> })),
    })),
    ...found.groups,
  ];
  const known = listed.reduce((sum, { entries }) => sum + entries.length, 0);
  const count = known + (found.count ?? 0);

  const commit = (id: string): void => {
    const entry = listed.flatMap(({ entries }) => entries).find((each) => each.id === id);
    if (entry) {
      // Closed first: what the entry opens takes the focus from wherever the palette gives it back to.
      onClose();
      return entry.run?.();
    }
    const member = found.take(id);
    if (member) onPick(member);
  };

  return (
    <Dialog title={t("palette.title")} place="top" onClose={onClose} isTitleShown={false}>
      <SearchList
        label={t("palette.label")}
        listLabel={t("palette.title")}
        text={typed}
        onText={setTyped}
        groups={groups}
        isSettled={known > 0 || found.isSettled}
        onCommit={commit}
        outcome={count > 0 ? t("palette.count", { count }) : found.count !== undefined && t("palette.none")}
      />
      {found.trouble && <RefusalNotice trouble={found.trouble} />}
      {found.note !== undefined && <p className={styles.note}>{found.note}</p>}
      <p className={styles.legend}>{t("find.legend")}</p>
    </Dialog>
  );
}

function Entry({ entry: { title, cap, run } }: { readonly entry: PaletteEntry }) {
  const { t } = useTexts();
  return (
    <>
      <span>
        {t(title)}
        {!run && <span className={styles.why}>{t("palette.needsMember")}</span>}
      </span>
      {cap !== undefined && <KeyCap>{cap}</KeyCap>}
    </>
  );
}
