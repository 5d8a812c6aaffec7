import { err, ok, type Result } from "#shared/std/result.ts";
import { awardTarget, type Standing } from "#shared/domain/ledger/target.ts";
import type { MovementRefusal, MovementSubject } from "#shared/domain/ledger/subject.ts";
import { refuseMovement } from "#shared/domain/ledger/subject.ts";
import type { HeldLot } from "#shared/domain/ledger/lots.ts";
import { decideEarning, type EarningFacts, type EarningRefusal } from "./decide-earning.ts";
import type { AwardData } from "./ops.ts";
import { withinBudget } from "./within-budget.ts";

export type AwardFacts = EarningFacts & {
  readonly subject: MovementSubject;
  readonly standing: Standing;
  /** Points of this member that the station may spend already. */
  readonly spendableHere: number;
  /** What the station holds of the rule's budget; empty under a rule without one. */
  readonly budgetHere: readonly HeldLot[];
};

export type AwardRefusal = MovementRefusal | EarningRefusal;

/**
 * Decides what a purchase earns, and how much of it may be spent here at once. A rule with a budget gives what the station's share of it
 * reaches for, and be it nothing: the purchase is kept as a cause.
 *
 * @returns points, their last day, and either a lot (up to the station's target here, the rest to head office's pool) or a proposal
 */
export function decideAward(
  facts: AwardFacts,
): Result<Pick<AwardData, "points" | "earnedOn" | "expiresOn" | "budget" | "outcome">, AwardRefusal> {
  const { rule, today } = facts;
  const refusal = refuseMovement(facts.subject);
  if (refusal) return err(refusal);
  const earning = decideEarning(facts);
  if (!earning.ok) return earning;
  const { expiresOn } = earning.value;
  if (rule.approval !== "none")
    return ok({ points: earning.value.points, earnedOn: today, expiresOn, outcome: { kind: "proposal", holder: rule.approval } });
  const given = withinBudget(rule, facts.budgetHere, earning.value.points, today);
  const toRight = Math.max(0, Math.min(given.points, awardTarget(facts.standing) - facts.spendableHere));
  return ok({ ...given, earnedOn: today, expiresOn, outcome: { kind: "lot", toRight, toPool: given.points - toRight } });
}
