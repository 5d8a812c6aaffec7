import type { Command } from "../keys/commands.ts";
import type { MessageKey } from "../intl/catalogue.ts";
import { useTexts, type Values } from "../intl/use-texts.ts";
import { KeyCap } from "../../ui/key-cap.tsx";
import styles from "./shell.module.css";

export type LegendKey = {
  readonly cap: string;
  readonly command: Command;
  readonly words: Extract<MessageKey, `shell.key.${string}`>;
  readonly values?: Values;
  /** Undefined while there is nothing to do it to. */
  readonly run: (() => void) | undefined;
  /** How many things wait behind this key. */
  readonly count?: number;
};

/** The keys of this screen at the bottom edge; each is a button too, for the touch panel. */
export function KeyLegend({ keys }: { readonly keys: readonly LegendKey[] }) {
  const { t, number } = useTexts();
  return (
    <nav className={styles.legend} aria-label={t("shell.keys")}>
      {keys.map(({ cap, command, words, values, run, count }) => (
        <button
          key={command}
          type="button"
          className={styles.key}
          disabled={!run}
          onClick={run}
          aria-keyshortcuts={cap.replace(" ", "+")}
          tabIndex={-1}
        >
          <KeyCap>{cap}</KeyCap> {t(words, values)}
          {count !== undefined && count > 0 && <span className={styles.count}>{number(count)}</span>}
        </button>
      ))}
    </nav>
  );
}
