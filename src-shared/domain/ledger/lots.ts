import { z } from "zod";

/**
 * Who holds points of a lot. `RIGHT:<incarnation>` may be spent by that one life of one station's database and by nobody else; `HELD` are
 * those of its rights that wait for the end of a redemption, and `LIMBO` what head office took from a life that it fenced and has given to
 * nobody yet. `ISSUED` is the source and alone below zero, so the accounts of a lot sum to zero.
 */
export type Holder = "ISSUED" | "POOL" | Sink | LifeHolder;
type Sink = "REDEEMED" | "EXPIRED" | "REVERSED" | "MOVED" | "REPAID";
type LifeHolder = RightHolder | HeldHolder | LimboHolder;
export type RightHolder = `RIGHT:${string}`;
export type HeldHolder = `HELD:${string}`;
export type LimboHolder = `LIMBO:${string}`;

export const rightOf = (incarnation: string): RightHolder => `RIGHT:${incarnation}`;
export const heldOf = (incarnation: string): HeldHolder => `HELD:${incarnation}`;
export const limboOf = (incarnation: string): LimboHolder => `LIMBO:${incarnation}`;

const ofLife = /^(?:RIGHT|HELD|LIMBO):(.+)$/;
/** The life whose points these are or were; undefined for a holder that is no life. */
export const lifeOfHolder = (holder: Holder): string | undefined => ofLife.exec(holder)?.[1];
/** Whether what it holds is still the member's to spend, sooner or later. */
export const isUnspent = (holder: Holder): boolean => holder === "POOL" || ofLife.test(holder);

/** Owner of lots that pay for what the company bears itself; no member has this id. */
export const companyOwner = "00000000-0000-0000-0000-000000000000";

/** `benefit`: not points of anybody, but so much of a limited benefit, whose item owns the lot. */
export type LotKind = "points" | "benefit";

/** What one cause granted to one owner. */
export type Lot = {
  /** Points where it is left out. */
  readonly kind?: LotKind;
  readonly lotId: string;
  /** The owner. */
  readonly memberId: string;
  /** Of a pool's lot, the member whose purchase gave it. */
  readonly contributor?: string;
  /** Points granted at first. */
  readonly points: number;
  readonly causeOpId: string;
  readonly ruleId: string;
  readonly ruleVersion: number;
  /** Business date of the cause. */
  readonly earnedOn: string;
  /** The last business date on which the lot may be spent; null when it never lapses. */
  readonly expiresOn: string | null;
};

/** A lot as far as this station may spend it. */
export type HeldLot = LotLine & { readonly earnedOn: string; readonly expiresOn: string | null };

/** So many points of a lot. */
export type LotLine = {
  readonly lotId: string;
  readonly points: number;
  /** Whose lot it is, where it is not the spender's own: a pool's. */
  readonly ownerId?: string;
};

/** The same in the data of an operation. */
export const lotLine = z.strictObject({ lotId: z.uuid(), points: z.int().positive(), ownerId: z.uuid().exactOptional() });

export const sumPoints = (all: readonly { readonly points: number }[]): number => all.reduce((sum, { points }) => sum + points, 0);

/** Its last day is over: not spendable any more. */
export const hasLapsed = (lot: { readonly expiresOn: string | null }, today: string): boolean =>
  lot.expiresOn !== null && lot.expiresOn < today;

/** Earliest expiry first, lots without expiry last; ties by the older cause, then the smaller id (P-04). */
export function byExpiry(a: HeldLot, b: HeldLot): number {
  return compare(a.expiresOn ?? "9999-12-31", b.expiresOn ?? "9999-12-31") || compare(a.earnedOn, b.earnedOn) || compare(a.lotId, b.lotId);
}
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Takes `points` from the lots that can still be spent.
 *
 * @returns the lines, earliest expiry first, and all that could be spent; when that is less than asked, the lines are what there is
 */
export function spendEarliestExpiryFirst(
  heldLots: readonly HeldLot[],
  points: number,
  today: string,
): { readonly lines: readonly LotLine[]; readonly spendableHere: number } {
  const spendable = heldLots.filter((lot) => lot.points > 0 && !hasLapsed(lot, today)).toSorted(byExpiry);
  let left = points;
  const lines: LotLine[] = [];
  for (const lot of spendable) {
    const taken = Math.min(left, lot.points);
    if (taken > 0) lines.push({ lotId: lot.lotId, points: taken, ...(lot.ownerId !== undefined && { ownerId: lot.ownerId }) });
    left -= taken;
  }
  return { lines, spendableHere: sumPoints(spendable) };
}
