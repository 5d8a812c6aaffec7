import { z } from "zod";

/**
 * What one counter asks that only another place may do, as the record stands in both databases and travels in the feed.
 *
 * `open`: head office does not know yet what it is about. `sent`: the counter that wrote the entry decides. The others are final.
 */
export const requestRecord = z.strictObject({
  requestId: z.string(),
  kind: z.enum(["void", "refund"]),
  /** The station that asked. */
  replica: z.int().positive(),
  /** Staff id. */
  askedBy: z.string(),
  askedAtMs: z.int(),
  reason: z.string().nullable(),
  /** For a void, the number on the slip of the entry; for a refund, the receipt of the purchase. */
  reference: z.string(),
  /** For a refund: what the customer got back, in fen. */
  refundFen: z.int().positive().nullable(),
  state: z.enum(["open", "sent", "done", "declined", "refused"]),
  /** Why head office refused it, or why nothing came of it. */
  code: z.string().nullable(),
  /** Said by whoever declined. */
  answer: z.string().nullable(),
  memberId: z.string().nullable(),
  /** The entry it is about, and the station that wrote it. */
  opId: z.string().nullable(),
  origin: z.int().positive().nullable(),
  /** What came of it: positive in, negative out; null while nothing did. */
  points: z.int().nullable(),
});
export type RequestRecord = z.infer<typeof requestRecord>;

/** Why a request comes to nothing. */
export type RequestCode =
  /** The number on the slip leads to nothing that can be undone, or to another member. */
  | "NOT_VOIDABLE"
  | "ALREADY_VOIDED"
  /** Some of the purchase was refunded, and its points went back to the campaign that gave them: it cannot be undone besides. */
  | "REFUNDED_BEFORE"
  /** Another counter refunded the same purchase before, and it looks like the same goods: a person compares both. */
  | "REFUNDED_TWICE"
  /** More than was paid. */
  | "MORE_THAN_PAID"
  /** The points of the purchase wait for a decision: that decides about them. */
  | "PROPOSAL_OPEN"
  /** The purchase earned nothing that could be taken back. */
  | "NOTHING_EARNED";

/** A refund that counted, as it is remembered beside the purchase, the first one first. */
export const countedRefund = z.strictObject({ requestId: z.string(), replica: z.int().positive(), refundFen: z.int().positive() });
export type CountedRefund = z.infer<typeof countedRefund>;

/**
 * Which earlier refund a later one of the same purchase looks like: of two counters that were apart both may have taken the same goods back. It
 * does where another station refunded as much, or where both together are more than was paid.
 *
 * @returns undefined where the two are about different goods, as far as figures can tell
 */
export function sameGoodsAs(
  counted: readonly CountedRefund[],
  { replica, refundFen }: { readonly replica: number; readonly refundFen: number },
  amountFen: number,
): CountedRefund | undefined {
  const alike = counted.find((earlier) => earlier.replica !== replica && earlier.refundFen === refundFen);
  const refundedFen = counted.reduce((sum, earlier) => sum + earlier.refundFen, 0);
  return alike ?? (refundedFen + refundFen > amountFen ? counted[0] : undefined);
}

/**
 * Points to take back with a refund, by the stored result of the purchase and never by today's rule (points earned per fen paid, over all
 * refunds so far, rounded down once; the last one takes the rest).
 *
 * @param refundedFen what was refunded before this
 * @param reversed points taken back before this
 */
export function pointsToReverse(
  earned: { readonly points: number; readonly amountFen: number },
  refundedFen: number,
  reversed: number,
  refundFen: number,
): number {
  const total = Number((BigInt(earned.points) * BigInt(refundedFen + refundFen)) / BigInt(earned.amountFen));
  return total - reversed;
}
