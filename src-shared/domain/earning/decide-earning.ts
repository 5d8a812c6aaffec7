import { err, ok, type Result } from "#shared/std/result.ts";
import { isOpenOn } from "#shared/domain/publications/in-force.ts";
import type { TierFactor } from "#shared/domain/tiers/tier-factor.ts";
import { addMonths } from "#shared/domain/time/calendar.ts";
import { firstPointFen, pointsFor } from "./points-for.ts";
import type { EarningRule } from "./rule.ts";

export type EarningFacts = {
  /** The newest version of the rule that is open today, as far as this station has heard. */
  readonly rule: EarningRule;
  readonly shownRuleVersion: number;
  readonly amountFen: number;
  /** The station's business date. */
  readonly today: string;
  /** What the member's tier makes of it, as far as this station was told; left out where it earns as everybody does. */
  readonly tier?: TierFactor | undefined;
  /** While the clock is in doubt, the day of the last contact: what was not open then may not be open now. Null while it is believed. */
  readonly sureDay: string | null;
};

export type EarningRefusal =
  | { code: "RULE_CHANGED"; rule: EarningRule }
  | { code: "RULE_NOT_OPEN"; opensOn: string; closesOn: string | null }
  | { code: "CLOCK_IN_DOUBT" }
  | { code: "AMOUNT_TOO_SMALL"; firstPointFen: number };

/** What a purchase earns today, whoever earns it: its points and their last day, or the first rule that refuses. */
export function decideEarning({
  rule,
  shownRuleVersion,
  amountFen,
  tier,
  today,
  sureDay,
}: EarningFacts): Result<{ readonly points: number; readonly expiresOn: string | null }, EarningRefusal> {
  // The rule on the screen is the rule: one that changed under the clerk's hand is shown again, not applied.
  if (rule.version !== shownRuleVersion) return err({ code: "RULE_CHANGED", rule });
  if (!isOpenOn(rule, today)) return err({ code: "RULE_NOT_OPEN", opensOn: rule.opensOn, closesOn: rule.closesOn });
  if (sureDay !== null && !isOpenOn(rule, sureDay)) return err({ code: "CLOCK_IN_DOUBT" });
  const points = pointsFor(rule, amountFen, tier?.percent);
  if (points === 0) return err({ code: "AMOUNT_TOO_SMALL", firstPointFen: firstPointFen(rule, tier?.percent) });
  return ok({ points, expiresOn: rule.validMonths === null ? null : addMonths(today, rule.validMonths) });
}
