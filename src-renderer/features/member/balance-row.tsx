import { useTexts } from "../../app/intl/use-texts.ts";
import { Numeral } from "../../ui/numeral.tsx";
import styles from "./balance-block.module.css";

/** By what a line is told apart in the bar above the lines; points that are not spendable anywhere are outlined. */
export type Share = "here" | "headOffice" | "elsewhere" | "held" | "proposed";

type Props = {
  readonly name: string;
  /** Why they are not usable here and now, and when they will be. */
  readonly note?: string | undefined;
  readonly points: number;
  readonly share?: Share;
  readonly onExplain: () => void;
};

/** One line of the balance block; its number opens the explanation. Below zero it is a debt. */
export function BalanceRow({ name, note = "", points, share, onExplain }: Props) {
  const { t } = useTexts();
  return (
    <div className={points < 0 ? `${styles.row} ${styles.debt}` : styles.row}>
      <dt>
        {share && <span className={`${styles.swatch} ${styles[share]}`} aria-hidden="true" />}
        <span className={styles.stacked}>
          <span>{name}</span>
          {note !== "" && <span className={styles.note}>{note}</span>}
        </span>
      </dt>
      <dd>
        <button type="button" className={styles.linkFigure} onClick={onExplain}>
          <Numeral value={points} size="line" />
          <span className="spoken-only">{t("member.explain.show")}</span>
        </button>
      </dd>
    </div>
  );
}
