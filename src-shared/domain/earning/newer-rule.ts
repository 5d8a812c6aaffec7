import { inForce, isOpenOn } from "#shared/domain/publications/in-force.ts";
import { pointsFor } from "./points-for.ts";
import type { EarningRule } from "./rule.ts";

/**
 * What a rule would have given that is newer than the one an award was made by, in force on its day.
 *
 * @returns undefined when the award's version was the one in force; 0 points from a rule that had closed
 */
export function underNewerRule(
  versions: readonly EarningRule[],
  award: { readonly ruleVersion: number; readonly amountFen: number; readonly date: string },
): { readonly rule: EarningRule; readonly points: number } | undefined {
  const rule = inForce(versions, award.date);
  if (!rule || rule.version <= award.ruleVersion) return undefined;
  return { rule, points: isOpenOn(rule, award.date) ? pointsFor(rule, award.amountFen) : 0 };
}
