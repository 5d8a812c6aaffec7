import { z } from "zod";

/** What is counted: a gift by its id, blank cards by their kind. */
export const itemKinds = ["gift", "card"] as const;
export const stockItem = z.strictObject({ kind: z.enum(itemKinds), id: z.string() });
export type StockItem = z.infer<typeof stockItem>;

export const moveReasons = ["received", "handedOut", "givenBack", "damaged", "lost", "sent", "arrived", "counted"] as const;
export type MoveReason = (typeof moveReasons)[number];

/**
 * One movement of the stock of one branch: a fact, written by one operation and never changed. What lies on the shelf is the fold of
 * these rows, so that two counters which are apart need nobody's leave and their sums agree as soon as both have all rows.
 */
export const stockMove = z.strictObject({
  /** The operation's id; of an arrival, the one that its transfer gives it, so that two counters take in one parcel once. */
  moveId: z.string(),
  branchId: z.string(),
  itemKind: z.enum(itemKinds),
  itemId: z.string(),
  why: z.enum(moveReasons),
  /** In, or out below zero; of a count, how many lay there. */
  pieces: z.int(),
  /** Of a count: how many the books had said. */
  expected: z.int().nullable(),
  /** Of cards: which ones. */
  first: z.string().nullable(),
  last: z.string().nullable(),
  /** Of a transfer: where to, or where from. */
  otherBranchId: z.string().nullable(),
  /** Staff id. */
  by: z.string(),
  /** Who agreed to hand out what the books did not have. */
  secondPerson: z.string().nullable(),
  /** The operation's place among edits, which decides whether a count has seen it. Never read as a time of day. */
  hlc: z.string(),
  atMs: z.int(),
});
export type StockMove = z.infer<typeof stockMove>;

/** Of a parcel that is sent from branch to branch, the movement at the other end. */
export const arrivalOf = (sentMoveId: string): string => `arrival/${sentMoveId}`;
