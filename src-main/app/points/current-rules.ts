import { inForce } from "#shared/domain/publications/in-force.ts";
import type { EarningRule } from "#shared/domain/earning/rule.ts";

/** Of each rule, the newest version that has opened by `today`; a version yet to come waits for its day. */
export function currentRules(all: readonly EarningRule[], today: string): readonly EarningRule[] {
  const versions = Map.groupBy(all, ({ ruleId }) => ruleId);
  return [...versions.values()].flatMap((each) => inForce(each, today) ?? []);
}
