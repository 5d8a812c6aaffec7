import type { PeriodRecord } from "#shared/domain/periods/period.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { Numeral } from "../../ui/numeral.tsx";
import { accountWords } from "./account-words.ts";
import styles from "./periods.module.css";

/** The figures of a closed period as they were when it was closed. */
export function PeriodReport({ period }: { readonly period: PeriodRecord }) {
  const texts = useTexts();
  const { t, date } = texts;
  const title =
    period.after === null
      ? t("periods.until", { date: date(period.until) })
      : t("periods.span", { from: date(period.after), to: date(period.until) });
  return (
    <table className={styles.table}>
      <caption className={styles.caption}>{title}</caption>
      <thead>
        <tr>
          <th scope="col">{t("periods.account")}</th>
          <th scope="col">{t("periods.entries")}</th>
          <th scope="col">{t("periods.points")}</th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">{t("periods.opening")}</th>
          <td />
          <td>
            <Numeral value={period.openingPoints} size="line" />
          </td>
        </tr>
        {period.accounts.map(({ account, amount, entries }) => (
          <tr key={account}>
            <th scope="row">{accountWords(account, texts)}</th>
            <td>
              <Numeral value={entries} size="line" />
            </td>
            <td>
              <Numeral value={amount} size="line" isSigned />
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t("periods.closing")}</th>
          <td />
          <td>
            <Numeral value={period.closingPoints} size="line" />
          </td>
        </tr>
      </tfoot>
    </table>
  );
}
