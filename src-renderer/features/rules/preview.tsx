import { useState } from "react";
import { previewAward } from "#shared/domain/earning/preview-award.ts";
import type { EarningRule } from "#shared/domain/earning/rule.ts";
import { parseAmount } from "../../app/acts/amount.ts";
import { parseDate } from "../../app/acts/typed-date.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { TextField } from "../../ui/text-field.tsx";
import styles from "./rules.module.css";

/** What a purchase would earn by these versions, the one in the form among them. */
export function Preview({ versions, today }: { readonly versions: readonly EarningRule[]; readonly today: string }) {
  const texts = useTexts();
  const { t, money, date } = texts;
  const [amount, setAmount] = useState("128.50");
  const [day, setDay] = useState(today);
  const parsed = parseAmount(amount);
  const on = parseDate(day);
  const outcome = parsed.ok && on !== undefined ? previewAward(versions, parsed.amountFen, on) : undefined;

  return (
    <section className={styles.preview} aria-label={t("rules.preview")}>
      <h4 className={styles.title}>{t("rules.preview")}</h4>
      <div className={styles.pair}>
        <TextField label={t("rules.preview.amount")} value={amount} onChange={setAmount} inputMode="decimal" />
        <TextField label={t("rules.preview.date")} value={day} onChange={setDay} />
      </div>
      <div role="status">
        {outcome?.kind === "points" && (
          <>
            <p className={styles.outcome}>
              {[
                t("rules.preview.points", { points: outcome.points }),
                outcome.expiresOn === null ? t("rules.preview.forEver") : t("rules.preview.until", { date: date(outcome.expiresOn) }),
                ...(outcome.rule.approval === "none" ? [] : [t("rules.preview.waits")]),
              ].join(" · ")}
            </p>
            <p className={styles.note}>
              {t("rules.preview.why", {
                version: outcome.rule.version,
                per: money(outcome.rule.perFen),
                points: outcome.rule.points,
              })}
            </p>
          </>
        )}
        {outcome?.kind === "tooSmall" && (
          <p className={styles.outcome}>{t("rules.preview.tooSmall", { first: money(outcome.firstPointFen) })}</p>
        )}
        {outcome?.kind === "closed" && <p className={styles.outcome}>{t("rules.preview.closed")}</p>}
      </div>
    </section>
  );
}
