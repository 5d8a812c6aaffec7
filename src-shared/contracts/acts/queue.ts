import { z } from "zod";
import { keptPurchase } from "#shared/domain/earning/kept-purchase.ts";
import { outcome, verdictRecord } from "#shared/domain/verdicts/verdict.ts";
import { amountFen, instantMs, requestId } from "../common.ts";
import { refusals, refusalWith } from "../refusals.ts";
import { declareAct } from "./act-type.ts";

const permission = "queue.manage";
const count = z.int().nonnegative();

/** An operation by its place, since of two under one id each is held back by itself. */
const place = verdictRecord.pick({ replica: true, incarnation: true, seq: true });
/** What is said to whoever wrote it. */
const reason = z.string().trim().min(1).max(200);

/** What a parked entry waits for: another entry of its station by the number on its slip, a member, points, or a newer head office. */
const awaited = z.strictObject({ what: z.enum(["entry", "member", "lot", "program"]), slip: z.string().nullable() });

/** What two entries are compared by. */
const shownEntry = {
  /** The number on its slip. */
  slip: z.string(),
  /** What people call it. */
  branch: z.string(),
  /** At the counter; null where the entry cannot be read. */
  atMs: instantMs.nullable(),
  /** Who wrote it; null where that is nobody whom head office knows. */
  by: z.string().nullable(),
  memberNumber: z.string().nullable(),
  /** Masked: whoever needs the whole name opens the member. */
  nameMasked: z.string().nullable(),
  /** Positive in, negative out; null when it moves none, or cannot be read. */
  points: z.int().nullable(),
  receiptNumber: z.string().nullable(),
  /** What the customer got back for goods; null for anything but a refund. */
  refundFen: amountFen.nullable(),
};
const otherEntry = z.strictObject(shownEntry);

const queueLine = place.extend({
  ...shownEntry,
  opId: z.string(),
  /** Type of the operation, such as `points.award`. */
  type: z.string(),
  code: z.string().nullable(),
  receivedAtMs: instantMs,
  waitsFor: awaited.nullable(),
  /** The entry beside which it looks doubtful: the same receipt, entered or refunded before; null where there is none, or it is unknown here. */
  other: otherEntry.nullable(),
  /** Of an award beyond the day's cap: what other counters had given the member that day; null for any other. */
  capElsewhere: count.nullable(),
  /** Entries of its station that wait behind it. */
  behind: count,
  /** Of a linked group so many, which are decided about as one. */
  groupOf: z.int().positive(),
  /** An administrator may answer for whoever wrote it. */
  canBeVouchedFor: z.boolean(),
  /** It has waited longer than anything should. */
  isOverdue: z.boolean(),
});
export type ShownEntry = z.infer<typeof otherEntry>;
export type QueueLine = z.infer<typeof queueLine>;

const queueList = z.strictObject({ lines: z.array(queueLine), isCut: z.boolean() });

/** A purchase with a card that nobody has had for thirty days. */
const unclaimedPurchase = keptPurchase.pick({ purchaseId: true, receiptNumber: true, boughtOn: true, keptAtMs: true }).extend({
  /** What people call it. */
  branch: z.string(),
  last4: z.string(),
  amountFen,
  /** Who kept it; null where that is nobody whom head office knows. */
  by: z.string().nullable(),
  /** What its rule gives somebody without a tier; null where head office has no such rule. */
  points: z.int().nonnegative().nullable(),
});
export type UnclaimedPurchase = z.infer<typeof unclaimedPurchase>;

const queueOverview = z.strictObject({
  asOfMs: instantMs,
  quarantined: queueList,
  parked: queueList,
  flagged: queueList,
  /** Oldest first. */
  unclaimed: z.strictObject({ lines: z.array(unclaimedPurchase), isCut: z.boolean() }),
  /** Stations of which nothing is taken until somebody has looked. */
  suspended: z.array(z.strictObject({ replica: z.int(), branch: z.string(), lastContactMs: instantMs.nullable() })),
  /** Stations that sent something which their program cannot have written: somebody looks at that computer. */
  watched: z.array(z.strictObject({ replica: z.int(), branch: z.string(), entries: z.int().positive() })),
});
export type QueueOverview = z.infer<typeof queueOverview>;

/** Everything of the stations that somebody at head office shall look at; for whoever belongs to a branch, of that branch. */
export const listQueueAct = declareAct({
  type: "queue.list",
  permission,
  isQuestion: true,
  input: z.strictObject({}),
  reply: queueOverview,
  refusals: {},
});

const decided = z.strictObject({
  outcome,
  code: z.string().nullable(),
  /** Entries that were judged with it, or because of it. */
  others: count,
});
const anyDecision = refusals("NOT_HELD_BACK", "OUT_OF_SCOPE", "OWN_WORK");

/**
 * Judges an entry of the quarantine again, and in their order all that wait behind it. What stood against it has to be gone, or, with `isVouchedFor`, an
 * administrator answers for a person whose role was too small.
 */
export const releaseEntryAct = declareAct({
  type: "queue.release",
  permission,
  input: place.extend({ requestId, reason, isVouchedFor: z.boolean() }),
  reply: decided,
  refusals: { ...anyDecision, ...refusalWith("STILL_HELD_BACK", z.strictObject({ why: z.string() })) },
});

/** Decides that an entry has no effect, for good, and with it all that rest on it: points of an award that never was, a member who was never made. */
export const refuseEntryAct = declareAct({
  type: "queue.refuse",
  permission,
  input: place.extend({ requestId, reason }),
  reply: decided,
  refusals: anyDecision,
});

/** Somebody has looked at a marked entry and says what came of it; the entry stays as it is. */
export const noteEntryAct = declareAct({
  type: "queue.note",
  permission,
  input: place.extend({ requestId, reason }),
  reply: z.strictObject({}),
  refusals: anyDecision,
});

/**
 * Somebody has compared a refund with the one at another counter that it looks like: other goods came back, so it counts too. Never more than was
 * paid for the purchase in all. Were they the same goods, the note that somebody has looked is all there is to say.
 */
export const countRefundAct = declareAct({
  type: "queue.count_refund",
  permission,
  input: place.extend({ requestId, reason }),
  /** Points taken back. */
  reply: z.strictObject({ points: count }),
  refusals: { ...anyDecision, ...refusalWith("STILL_HELD_BACK", z.strictObject({ why: z.string() })) },
});

const purchaseId = z.uuid();

/** Says whose a purchase is that nobody's card has claimed for long: it earns as of its own day, as it would have with the card. */
export const givePurchaseAct = declareAct({
  type: "queue.give_purchase",
  permission,
  input: z.strictObject({ requestId, purchaseId, memberNumber: z.string().trim().min(1).max(64) }),
  /** What came of it; a purchase may be closed without points, and `code` says why. */
  reply: keptPurchase.pick({ state: true, points: true, code: true }),
  refusals: { ...anyDecision, ...refusals("MEMBER_FROZEN"), ...refusalWith("NUMBER_UNKNOWN", z.object({ number: z.string() })) },
});

/** Nobody will ever have the card of such a purchase: it earns nothing, and the branch reads why. */
export const putPurchaseAwayAct = declareAct({
  type: "queue.put_purchase_away",
  permission,
  input: z.strictObject({ requestId, purchaseId, reason }),
  reply: z.strictObject({}),
  refusals: anyDecision,
});
