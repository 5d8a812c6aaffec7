import { leftOfCap, fieldOfUse, withPoints, type CapUse } from "./day-cap.ts";
import type { EarningRule } from "./rule.ts";

export type CapFacts = {
  /** The station's number. */
  readonly replica: number;
  /** What the member was given today under the rule, by this station and by others as far as it has heard. */
  readonly here: number;
  readonly elsewhere: number;
  /** What counts under the name that the award is written for. */
  readonly uses: Readonly<Record<string, unknown>> | undefined;
};

/** What is given of the points that a purchase earns under a rule with a cap: as many as the day has left for the member. */
export function withinCap({ capPerDay }: Pick<EarningRule, "capPerDay">, cap: CapFacts, points: number): number {
  return capPerDay === undefined ? points : Math.min(points, leftOfCap(capPerDay, cap));
}

/** What an award says about the cap of its rule. @param given in the end, and `cut` of what was earned because of the cap */
export function capTaken(
  rule: Pick<EarningRule, "ruleId" | "capPerDay">,
  { replica, here, elsewhere, uses }: CapFacts,
  { given, cut, today }: { readonly given: number; readonly cut: number; readonly today: string },
): { readonly cap?: CapUse } {
  if (rule.capPerDay === undefined) return {};
  return { cap: { here, elsewhere, cut, days: withPoints(uses, fieldOfUse(rule.ruleId, replica), today, given) } };
}
