import type { Slip } from "#shared/contracts/slips.ts";
import { journalDetail } from "../../app/intl/journal-detail.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import styles from "./slip.module.css";

/** One act as it stands on paper, 72 mm wide; on the screen the same, so that it is what will be printed. */
export function PrintedSlip({ slip }: { readonly slip: Slip }) {
  const texts = useTexts();
  const { t, fullInstant, number, signed } = texts;
  const lines = [
    [t("slip.member"), `${slip.nameMasked} ${slip.memberNumber}`],
    [t("slip.card"), slip.cardLast4],
    [t("slip.act"), t(`journal.kind.${slip.kind}`)],
    [t("slip.detail"), journalDetail(slip, texts)],
    [t("slip.points"), slip.points === null ? null : signed(slip.points)],
    [t("slip.balance"), slip.balance === null ? null : number(slip.balance)],
    [t("slip.time"), fullInstant(slip.atMs)],
    [t("slip.operator"), slip.operator],
  ] as const;
  return (
    <article className={styles.slip} aria-label={t("slip.heading")}>
      <h3 className={styles.heading}>{t("slip.heading")}</h3>
      <p className={styles.place}>{t("slip.at", { branch: slip.branch, station: slip.stationNumber })}</p>
      <dl className={styles.lines}>
        {lines.map(([label, value]) =>
          value === null || value === undefined ? null : (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
      </dl>
      {slip.balance !== null && (
        <p className={styles.small}>
          {slip.asOfMs === null ? t("slip.balance.local") : t("slip.balance.asOf", { time: fullInstant(slip.asOfMs) })}
        </p>
      )}
      {slip.isVoided && <p className={styles.voided}>{t("slip.voided")}</p>}
      <p className={styles.small}>
        {t("slip.number")} {slip.slip} · {t("slip.again")}
      </p>
    </article>
  );
}
