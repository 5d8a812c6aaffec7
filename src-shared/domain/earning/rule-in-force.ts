import type { EarningRule } from "./rule.ts";
import { pointsFor } from "./points-for.ts";

/**
 * The version of one rule that counts on a day: the newest that has opened by then. A version yet to come waits for its day, and one that
 * has closed is not followed by an older one that is still open: whoever closed the rule meant it.
 */
export const ruleInForce = (versions: readonly EarningRule[], date: string): EarningRule | undefined =>
  versions.filter((rule) => rule.opensOn <= date).toSorted((a, b) => b.version - a.version)[0];

export const isOpenOn = ({ opensOn, closesOn }: Pick<EarningRule, "opensOn" | "closesOn">, date: string): boolean =>
  opensOn <= date && (closesOn === null || date <= closesOn);

/**
 * What a rule would have given that is newer than the one an award was made by, in force on its day.
 *
 * @returns undefined when the award's version was the one in force; 0 points from a rule that had closed
 */
export function underNewerRule(
  versions: readonly EarningRule[],
  award: { readonly ruleVersion: number; readonly amountFen: number; readonly date: string },
): { readonly rule: EarningRule; readonly points: number } | undefined {
  const rule = ruleInForce(versions, award.date);
  if (!rule || rule.version <= award.ruleVersion) return undefined;
  return { rule, points: isOpenOn(rule, award.date) ? pointsFor(rule, award.amountFen) : 0 };
}
