import { err, ok, type Result } from "#shared/std/result.ts";
import { spendEarliestExpiryFirst, type HeldLot, type LotLine } from "#shared/domain/ledger/lots.ts";
import { isOpenOn } from "#shared/domain/publications/in-force.ts";
import { refuseMovement, type MovementRefusal, type MovementSubject } from "#shared/domain/ledger/subject.ts";
import type { RedemptionPlan } from "./plan.ts";

export type RedemptionFacts = {
  readonly subject: MovementSubject;
  readonly plan: RedemptionPlan;
  readonly shownPlanVersion: number;
  readonly quantity: number;
  /** What this station itself may spend; head office may hold more. */
  readonly heldLots: readonly HeldLot[];
  /** The station's business date; both plan dates are inclusive. */
  readonly today: string;
  /** While the clock is in doubt, the day of the last contact: what was not open then may not be open now. Null while it is believed. */
  readonly sureDay: string | null;
};

export type RedemptionRefusal =
  | MovementRefusal
  | { code: "PLAN_CHANGED"; costPoints: number; version: number }
  | { code: "PLAN_NOT_OPEN"; opensOn: string; closesOn: string }
  | { code: "CLOCK_IN_DOUBT" }
  | { code: "INSUFFICIENT_POINTS"; costPoints: number; spendableHere: number };

/**
 * Decides whether this station may redeem, and which lots pay for it.
 *
 * @returns the cost and the lines to charge, earliest expiry first, or the first rule that refuses. Freeze and card come first, so
 *   that such a member's points are not shown at the counter.
 */
export function decideRedemption(
  facts: RedemptionFacts,
): Result<{ readonly costPoints: number; readonly lines: readonly LotLine[] }, RedemptionRefusal> {
  const { plan, heldLots, today, sureDay } = facts;
  const refusal = refuseMovement(facts.subject);
  if (refusal) return err(refusal);
  // The price on the screen is the price: a plan that changed under the clerk's hand is shown again, not charged.
  if (plan.version !== facts.shownPlanVersion) return err({ code: "PLAN_CHANGED", costPoints: plan.costPoints, version: plan.version });
  if (!isOpenOn(plan, today)) return err({ code: "PLAN_NOT_OPEN", opensOn: plan.opensOn, closesOn: plan.closesOn });
  if (sureDay !== null && !isOpenOn(plan, sureDay)) return err({ code: "CLOCK_IN_DOUBT" });
  const costPoints = plan.costPoints * facts.quantity;
  const { lines, spendableHere } = spendEarliestExpiryFirst(heldLots, costPoints, today);
  return spendableHere < costPoints ? err({ code: "INSUFFICIENT_POINTS", costPoints, spendableHere }) : ok({ costPoints, lines });
}
