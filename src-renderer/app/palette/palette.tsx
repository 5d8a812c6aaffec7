import { useState } from "react";
import type { MemberCard } from "#shared/contracts/members.ts";
import { FoundMember } from "../../features/find/found-member.tsx";
import { useFoundMembers } from "../../features/find/use-found-members.ts";
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
  const found = useFoundMembers(typed);
  const members = found.text === "" ? recent : (found.members ?? []);
  const called = (entries: readonly PaletteEntry[]): readonly PaletteEntry[] =>
    found.text === "" ? entries : entries.filter((entry) => isCalled(entry, found.text));

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
    {
      label: t(found.text === "" ? "find.recent" : "find.results"),
      options: members.map((member) => ({ id: member.memberId, content: <FoundMember member={member} /> })),
    },
  ];
  const count = groups.reduce((sum, { options }) => sum + options.length, 0);

  const commit = (id: string): void => {
    const member = members.find(({ memberId }) => memberId === id);
    if (member) return onPick(member);
    const entry = listed.flatMap(({ entries }) => entries).find((each) => each.id === id);
    // Closed first: what the entry opens takes the focus from wherever the palette gives it back to.
    onClose();
    entry?.run?.();
  };

  return (
    <Dialog title={t("palette.title")} place="top" onClose={onClose} isTitleShown={false}>
      <SearchList
        label={t("palette.label")}
        listLabel={t("palette.title")}
        text={typed}
        onText={setTyped}
        groups={groups}
        onCommit={commit}
        outcome={count > 0 ? t("palette.count", { count }) : found.members && t("palette.none")}
      />
      {found.trouble && <RefusalNotice trouble={found.trouble} />}
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
        {!run && <span className={styles.note}>{t("palette.needsMember")}</span>}
      </span>
      {cap !== undefined && <KeyCap>{cap}</KeyCap>}
    </>
  );
}
