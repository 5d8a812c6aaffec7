import type { LateFact } from "#shared/contracts/acts/periods.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { Numeral } from "../../ui/numeral.tsx";
import { typeWords } from "./account-words.ts";
import styles from "./periods.module.css";

/** What happened in a closed period and was heard after it: booked in the open one, with both dates. */
export function LateList({ late, hasMore }: { readonly late: readonly LateFact[]; readonly hasMore: boolean }) {
  const texts = useTexts();
  const { t, date } = texts;
  if (late.length === 0) return <p className={styles.note}>{t("periods.late.none")}</p>;
  return (
    <>
      <table className={styles.table}>
        <caption className={styles.caption}>{t("periods.late")}</caption>
        <thead>
          <tr>
            {(["happened", "booked", "branch", "member", "what", "points"] as const).map((column) => (
              <th key={column} scope="col">
                {t(`periods.late.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {late.map((fact) => (
            <tr key={fact.opId}>
              <td>{date(fact.eventDate)}</td>
              <td>{date(fact.bookingDate)}</td>
              <td>{fact.branch ?? t("periods.late.headOffice")}</td>
              <td>{fact.memberNumber}</td>
              <td>{typeWords(fact.type, texts)}</td>
              <td>
                <Numeral value={fact.points} size="line" isSigned />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {hasMore && <p className={styles.note}>{t("periods.late.more", { count: late.length })}</p>}
    </>
  );
}
