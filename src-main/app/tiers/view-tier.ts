import type { LocalName } from "#shared/contracts/common.ts";
import type { MemberCard } from "#shared/contracts/members.ts";
import { factorOn, type TierFactor } from "#shared/domain/tiers/tier-factor.ts";
import { highestOf, type TierRecord } from "#shared/domain/tiers/tier-record.ts";
import type { Reading } from "#main/app/ports/store.ts";

/** Where a person stands, under whichever name; undefined where this station does not know why, or nobody ever judged it. */
export const standingOf = (view: Reading, memberId: string): TierRecord | undefined =>
  highestOf(view.members.namesOf(memberId).flatMap((name) => view.tiers.find(name) ?? []));

/** What a tier is called, by the newest version that has it. */
export const tierName = (view: Reading, tierId: string): LocalName =>
  view.tiers
    .schemes()
    .toSorted((a, b) => b.version - a.version)
    .flatMap(({ tiers }) => tiers)
    .find((tier) => tier.tierId === tierId)?.name ?? { "zh-CN": tierId, "en-US": tierId };

/** The tier that this station was told, which is the one that counts here; null for none. */
const tierTold = (view: Reading, memberId: string): string | null => {
  const standing = standingOf(view, memberId);
  return standing ? standing.tierId : (view.directory.find(memberId)?.tier ?? null);
};

/** What a member's tier makes of what a purchase earns today; undefined where it earns as everybody does. */
export const tierFactorHere = (view: Reading, memberId: string, today: string): TierFactor | undefined =>
  factorOn(view.tiers.schemes(), tierTold(view, memberId), today);

/** What stands beside a member's card. */
export function viewTier(view: Reading, memberId: string, today: string): MemberCard["tier"] {
  const tierId = tierTold(view, memberId);
  const canExplain = standingOf(view, memberId) !== undefined;
  if (tierId === null && !canExplain) return null;
  const factorPercent = tierFactorHere(view, memberId, today)?.percent ?? null;
  return { name: tierId === null ? null : tierName(view, tierId), factorPercent, canExplain };
}
