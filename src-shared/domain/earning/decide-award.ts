import { err, ok, type Result } from "#shared/std/result.ts";
import { awardTarget, type Standing } from "#shared/domain/ledger/target.ts";
import type { MovementRefusal, MovementSubject } from "#shared/domain/ledger/subject.ts";
import { refuseMovement } from "#shared/domain/ledger/subject.ts";
import type { HeldLot } from "#shared/domain/ledger/lots.ts";
import { shareOf, type PoolMemberRecord } from "#shared/domain/pools/pool.ts";
import { decideEarning, type EarningFacts, type EarningRefusal } from "./decide-earning.ts";
import type { AwardData } from "./ops.ts";
import { withinBudget } from "./within-budget.ts";
import { capTaken, withinCap, type CapFacts } from "./within-cap.ts";

export type AwardFacts = EarningFacts & {
  readonly subject: MovementSubject;
  readonly standing: Standing;
  /** Points of this member that the station may spend already. */
  readonly spendableHere: number;
  /** What the station holds of the rule's budget; empty under a rule without one. */
  readonly budgetHere: readonly HeldLot[];
  /** The pool that the member saves up with, if any. */
  readonly pool: Pick<PoolMemberRecord, "poolId" | "sharePercent"> | undefined;
  /** What counts of the rule's cap; of no meaning under a rule without one. */
  readonly cap: CapFacts;
};

export type AwardRefusal = MovementRefusal | EarningRefusal;

/**
 * Decides what a purchase earns, and how much of it may be spent here at once. A rule with a budget gives what the station's share of it
 * reaches for, one with a cap what the day has left for the member, and be it nothing: the purchase is kept as a cause.
 *
 * @returns points, their last day, and either a lot (up to the station's target here, the rest to head office's pool) or a proposal
 */
export function decideAward(
  facts: AwardFacts,
): Result<Pick<AwardData, "points" | "tier" | "earnedOn" | "expiresOn" | "budget" | "cap" | "pool" | "outcome">, AwardRefusal> {
  const { rule, today } = facts;
  const refusal = refuseMovement(facts.subject);
  if (refusal) return err(refusal);
  const earning = decideEarning(facts);
  if (!earning.ok) return earning;
  const { expiresOn } = earning.value;
  const tier = facts.tier && { tier: facts.tier };
  if (rule.approval !== "none") {
    const { points } = earning.value;
    const pool = shareOf(facts.pool, points, today);
    return ok({ points, ...tier, ...(pool && { pool }), earnedOn: today, expiresOn, outcome: { kind: "proposal", holder: rule.approval } });
  }
  const capped = withinCap(rule, facts.cap, earning.value.points);
  const given = withinBudget(rule, facts.budgetHere, capped, today);
  const cap = capTaken(rule, facts.cap, { given: given.points, cut: earning.value.points - capped, today });
  const pool = shareOf(facts.pool, given.points, today);
  const toRight = Math.max(0, Math.min(given.points - (pool?.points ?? 0), awardTarget(facts.standing) - facts.spendableHere));
  return ok({
    ...given,
    ...tier,
    ...cap,
    ...(pool && { pool }),
    earnedOn: today,
    expiresOn,
    outcome: { kind: "lot", toRight, toPool: given.points - toRight },
  });
}
