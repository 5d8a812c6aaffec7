import type { LocalName } from "#shared/contracts/common.ts";
import type { MemberCard } from "#shared/contracts/members.ts";
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

/** What stands beside a member's card. */
export function viewTier(view: Reading, memberId: string): MemberCard["tier"] {
  const standing = standingOf(view, memberId);
  if (standing) return { name: standing.tierId === null ? null : tierName(view, standing.tierId), canExplain: true };
  const tierId = view.directory.find(memberId)?.tier;
  return tierId === undefined ? null : { name: tierName(view, tierId), canExplain: false };
}
