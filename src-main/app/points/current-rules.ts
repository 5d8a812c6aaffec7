import type { EarningRule } from "#shared/domain/earning/rule.ts";

/** Of each rule, the newest version that has opened by `today`; a version yet to come waits for its day. */
export function currentRules(all: readonly EarningRule[], today: string): readonly EarningRule[] {
  const opened = all.filter((rule) => rule.opensOn <= today).toSorted((a, b) => a.version - b.version);
  return [...new Map(opened.map((rule) => [rule.ruleId, rule])).values()];
}
