import { useTexts } from "../../app/intl/use-texts.ts";
import { KeyCap } from "../../ui/key-cap.tsx";
import styles from "./act-tabs.module.css";

export type MemberAct = "award" | "redeem" | "issue" | "block" | "change";
const keys: Readonly<Record<MemberAct, string>> = { award: "F4", redeem: "F6", issue: "F3", block: "F7", change: "Alt E" };

type Props = { readonly acts: readonly MemberAct[]; readonly chosen: MemberAct | undefined; readonly onChoose: (act: MemberAct) => void };

/** The acts that this operator may do for the member shown. */
export function ActTabs({ acts, chosen, onChoose }: Props) {
  const { t } = useTexts();
  return (
    <div className={styles.tabs}>
      {acts.map((act) => (
        <button
          key={act}
          type="button"
          className={styles.tab}
          aria-pressed={act === chosen}
          aria-keyshortcuts={keys[act].replace(" ", "+")}
          onClick={() => onChoose(act)}
        >
          {t(`acts.tab.${act}`)} <KeyCap>{keys[act]}</KeyCap>
        </button>
      ))}
    </div>
  );
}
