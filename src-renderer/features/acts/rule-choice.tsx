import type { EarningRuleView } from "#shared/contracts/points.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import styles from "./form.module.css";

type Props = {
  readonly rules: readonly EarningRuleView[];
  readonly chosen: EarningRuleView | undefined;
  readonly onChoose: (ruleId: string) => void;
};

/** The earning rules open today, by arrows or touch, each with its rate and what becomes of its points. */
export function RuleChoice({ rules, chosen, onChoose }: Props) {
  const { t, name, money, number } = useTexts();
  const budgetWords = (points: number): string =>
    points === 0 ? t("award.rule.budget.none") : t("award.rule.budget", { points: number(points) });
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{t("award.rule")}</legend>
      <div className={styles.choices}>
        {rules.map((rule) => (
          <label key={rule.ruleId} className={styles.choice}>
            <input
              type="radio"
              name="rule"
              value={rule.ruleId}
              checked={rule.ruleId === chosen?.ruleId}
              onChange={() => onChoose(rule.ruleId)}
            />
            <span className={styles.choiceText}>
              <span>{name(rule.name)}</span>
              <span className={styles.detail}>
                {[
                  t("award.rule.rate", { amount: money(rule.perFen), points: rule.points }),
                  rule.validMonths === null ? t("award.rule.noExpiry") : t("award.rule.months", { months: rule.validMonths }),
                  ...(rule.inactiveMonths === null ? [] : [t("award.rule.inactive", { months: rule.inactiveMonths })]),
                  ...(rule.approval === "none" ? [] : [t(`award.rule.approval.${rule.approval}`)]),
                  ...(rule.capPerDay === null ? [] : [t("award.rule.cap", { points: number(rule.capPerDay) })]),
                  ...(rule.budgetHere === null ? [] : [budgetWords(rule.budgetHere)]),
                ].join(" · ")}
              </span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
