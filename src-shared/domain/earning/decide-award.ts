import { err, ok, type Result } from "#shared/std/result.ts";
import { awardTarget, type Standing } from "#shared/domain/ledger/target.ts";
import type { MovementRefusal, MovementSubject } from "#shared/domain/ledger/subject.ts";
import { refuseMovement } from "#shared/domain/ledger/subject.ts";
import { addMonths } from "#shared/domain/time/calendar.ts";
import type { AwardData } from "./ops.ts";
import { firstPointFen, pointsFor } from "./points-for.ts";
import type { EarningRule } from "./rule.ts";

export type AwardFacts = {
  readonly subject: MovementSubject;
  /** The newest version of the rule that is open today, as far as this station has heard. */
  readonly rule: EarningRule;
  readonly shownRuleVersion: number;
  readonly amountFen: number;
  readonly standing: Standing;
  /** Points of this member that the station may spend already. */
  readonly spendableHere: number;
  /** The station's business date. */
  readonly today: string;
};

export type AwardRefusal =
  | MovementRefusal
  | { code: "RULE_CHANGED"; rule: EarningRule }
  | { code: "RULE_NOT_OPEN"; opensOn: string; closesOn: string | null }
  | { code: "AMOUNT_TOO_SMALL"; firstPointFen: number };

/**
 * Decides what a purchase earns, and how much of it may be spent here at once.
 *
 * @returns points, their last day, and either a lot (up to the station's target here, the rest to head office's pool) or a proposal
 */
export function decideAward(facts: AwardFacts): Result<Pick<AwardData, "points" | "earnedOn" | "expiresOn" | "outcome">, AwardRefusal> {
  const { rule, today } = facts;
  const refusal = refuseMovement(facts.subject);
  if (refusal) return err(refusal);
  // The rule on the screen is the rule: one that changed under the clerk's hand is shown again, not applied.
  if (rule.version !== facts.shownRuleVersion) return err({ code: "RULE_CHANGED", rule });
  if (today < rule.opensOn || (rule.closesOn !== null && today > rule.closesOn))
    return err({ code: "RULE_NOT_OPEN", opensOn: rule.opensOn, closesOn: rule.closesOn });
  const points = pointsFor(rule, facts.amountFen);
  if (points === 0) return err({ code: "AMOUNT_TOO_SMALL", firstPointFen: firstPointFen(rule) });
  const expiresOn = rule.validMonths === null ? null : addMonths(today, rule.validMonths);
  if (rule.approval !== "none") return ok({ points, earnedOn: today, expiresOn, outcome: { kind: "proposal", holder: rule.approval } });
  const toRight = Math.max(0, Math.min(points, awardTarget(facts.standing) - facts.spendableHere));
  return ok({ points, earnedOn: today, expiresOn, outcome: { kind: "lot", toRight, toPool: points - toRight } });
}
