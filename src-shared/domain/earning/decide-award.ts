import { err, ok, type Result } from "#shared/std/result.ts";
import { awardTarget, type Standing } from "#shared/domain/ledger/target.ts";
import type { MovementRefusal, MovementSubject } from "#shared/domain/ledger/subject.ts";
import { refuseMovement } from "#shared/domain/ledger/subject.ts";
import { decideEarning, type EarningFacts, type EarningRefusal } from "./decide-earning.ts";
import type { AwardData } from "./ops.ts";

export type AwardFacts = EarningFacts & {
  readonly subject: MovementSubject;
  readonly standing: Standing;
  /** Points of this member that the station may spend already. */
  readonly spendableHere: number;
};

export type AwardRefusal = MovementRefusal | EarningRefusal;

/**
 * Decides what a purchase earns, and how much of it may be spent here at once.
 *
 * @returns points, their last day, and either a lot (up to the station's target here, the rest to head office's pool) or a proposal
 */
export function decideAward(facts: AwardFacts): Result<Pick<AwardData, "points" | "earnedOn" | "expiresOn" | "outcome">, AwardRefusal> {
  const { rule, today } = facts;
  const refusal = refuseMovement(facts.subject);
  if (refusal) return err(refusal);
  const earning = decideEarning(facts);
  if (!earning.ok) return earning;
  const { points, expiresOn } = earning.value;
  if (rule.approval !== "none") return ok({ points, earnedOn: today, expiresOn, outcome: { kind: "proposal", holder: rule.approval } });
  const toRight = Math.max(0, Math.min(points, awardTarget(facts.standing) - facts.spendableHere));
  return ok({ points, earnedOn: today, expiresOn, outcome: { kind: "lot", toRight, toPool: points - toRight } });
}
