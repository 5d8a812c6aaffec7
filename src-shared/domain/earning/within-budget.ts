import type { BudgetUse } from "#shared/domain/benefits/use.ts";
import { spendEarliestExpiryFirst, sumPoints, type HeldLot } from "#shared/domain/ledger/lots.ts";
import type { EarningRule } from "./rule.ts";

/**
 * What is given of the points that a purchase earns under a rule with a budget: as many as the share reaches for.
 *
 * @param share what the giver holds of the budget
 * @returns the points, with what they use of the budget; all of them and no use under a rule without a budget
 */
export function withinBudget(
  { budget }: Pick<EarningRule, "budget">,
  share: readonly HeldLot[],
  points: number,
  today: string,
): { readonly points: number; readonly budget?: BudgetUse } {
  if (!budget) return { points };
  const { lines } = spendEarliestExpiryFirst(share, points, today);
  const given = sumPoints(lines);
  return { points: given, budget: { itemId: budget.itemId, lines: [...lines], cut: points - given } };
}
