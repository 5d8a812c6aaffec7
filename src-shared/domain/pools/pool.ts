import { z } from "zod";

/** Points that a household or a company saves up together: an owner of lots like a member, each lot of which remembers whose it was. */
export const poolRecord = z.strictObject({
  poolId: z.string(),
  /** What the counter calls it. A label, and nobody's personal name: it goes to every station. */
  name: z.string(),
  kind: z.enum(["household", "company"]),
  /** Who left; what a counter still holds of theirs is theirs as soon as it comes back. */
  leavers: z.array(z.string()),
});
export type PoolRecord = z.infer<typeof poolRecord>;

/** In whole percent of the points of a purchase. */
export const sharePercent = z.int().min(0).max(100);

/** Where a member stands to pools; whoever never joined one has no such row. */
export const poolMemberRecord = z.strictObject({
  memberId: z.string(),
  /** The one that the member saves up with now; null after leaving. */
  poolId: z.string().nullable(),
  sharePercent,
  /** Business date: purchases of days before it are the member's own. Left out of rows from before head office noted it. */
  joinedOn: z.iso.date().exactOptional(),
  /** Pools that the member has left. */
  left: z.array(z.string()),
});
export type PoolMemberRecord = z.infer<typeof poolMemberRecord>;

const branchPoints = { branchId: z.string(), points: z.int().positive() };

/** Head office's figures of one pool, made from the ledger in the transaction that changed it. */
export const poolFigures = z.strictObject({
  poolId: z.string(),
  /** All that is unspent, wherever it lies; what is owed to those who left is not in it. */
  balance: z.int().nonnegative(),
  /** What was contributed by somebody who left and is still held at a branch. */
  owed: z.array(z.strictObject({ memberId: z.string(), ...branchPoints })),
});
export type PoolFigures = z.infer<typeof poolFigures>;

/** What of a purchase's points is for a pool. */
export const poolShare = z.strictObject({ poolId: z.uuid(), points: z.int().positive() });
export type PoolShare = z.infer<typeof poolShare>;

type Contributor = Pick<PoolMemberRecord, "poolId" | "sharePercent" | "joinedOn">;

/**
 * What a purchase gives to the pool that its member saves up with: the share in whole points, rounded down. What remains is the member's own.
 *
 * @param boughtOn business date; what was bought before the member joined is the member's own
 * @returns undefined where the member is in no pool, and where the share does not come to a point
 */
export function shareOf(member: Contributor | undefined, points: number, boughtOn: string): PoolShare | undefined {
  if (!member?.poolId || boughtOn < (member.joinedOn ?? boughtOn)) return undefined;
  const contributed = Math.floor((points * member.sharePercent) / 100);
  return contributed > 0 ? { poolId: member.poolId, points: contributed } : undefined;
}
