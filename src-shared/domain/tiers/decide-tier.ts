import type { TierScheme } from "./tier-scheme.ts";

/**
 * What an evaluation did: `raised` to a tier that was reached; `kept`; `stayed`, though less was measured than it takes to keep the tier;
 * `lowered`; `none`: there was no tier, and there is none.
 */
export const tierOutcomes = ["raised", "kept", "stayed", "lowered", "none"] as const;
type TierOutcome = (typeof tierOutcomes)[number];

export type TierDecision = {
  readonly tierId: string | null;
  /** Its place counted from the lowest, which is 1; 0 for none. */
  readonly rank: number;
  readonly outcome: TierOutcome;
};

/** Where somebody stood, by the scheme of that time. */
export type Standing = { readonly tierId: string | null; readonly rank: number };
export const noStanding: Standing = { tierId: null, rank: 0 };

/**
 * Decides a tier from what was measured. A threshold that is reached raises, over several tiers at once if it comes to that; whether a tier is
 * kept is asked only where the evaluation may lower it.
 */
export function decideTier(
  { tiers, onMiss }: Pick<TierScheme, "tiers" | "onMiss">,
  facts: { readonly before: Standing; readonly measured: number; readonly mayLower: boolean },
): TierDecision {
  const before = rankUnder({ tiers }, facts.before);
  const reached = tiers.filter(({ from }) => from <= facts.measured).length;
  const at = (rank: number, outcome: TierOutcome): TierDecision => ({ tierId: tiers[rank - 1]?.tierId ?? null, rank, outcome });
  if (reached > before) return at(reached, "raised");
  if (before === 0) return at(0, "none");
  if (!facts.mayLower || facts.measured >= (tiers[before - 1]?.keep ?? 0)) return at(before, "kept");
  return onMiss === "stay" ? at(before, "stayed") : at(before - 1, "lowered");
}

/** The place of a tier under this scheme. One that the scheme does not have any more counts as the tier in the same place, at most the highest. */
function rankUnder({ tiers }: Pick<TierScheme, "tiers">, { tierId, rank }: Standing): number {
  const place = tiers.findIndex((tier) => tier.tierId === tierId);
  return place >= 0 ? place + 1 : Math.min(rank, tiers.length);
}
