import { inForce, isOpenOn } from "#shared/domain/publications/in-force.ts";
import { pointsFor } from "./points-for.ts";
import type { EarningRule } from "./rule.ts";

export type JudgedAward = {
  readonly ruleVersion: number;
  readonly amountFen: number;
  /** Business date. */
  readonly date: string;
  /** What the member's tier made of it, as the station was told, and as head office knows it; left out where it earned as everybody does. */
  readonly percent?: number | undefined;
  readonly percentKnown?: number | undefined;
};

/**
 * What an award would have given had its station known what head office knows: a version of its rule that is newer and was in force on its
 * day, and the tier of its member.
 *
 * @returns undefined when the station knew both; 0 points from a rule that had closed
 */
export function underNewerRule(
  versions: readonly EarningRule[],
  { ruleVersion, amountFen, date, percent, percentKnown }: JudgedAward,
): { readonly rule: EarningRule; readonly points: number } | undefined {
  const newest = inForce(versions, date);
  if (newest && newest.version > ruleVersion)
    return { rule: newest, points: isOpenOn(newest, date) ? pointsFor(newest, amountFen, percentKnown) : 0 };
  const used = versions.find(({ version }) => version === ruleVersion);
  return used && percent !== percentKnown ? { rule: used, points: pointsFor(used, amountFen, percentKnown) } : undefined;
}
