import { z } from "zod";
import { localName } from "#shared/domain/names/local-name.ts";
import { branchRecord } from "#shared/domain/branches/branch.ts";
import { cardRange } from "#shared/domain/cards/card-range.ts";
import { gift } from "#shared/domain/stock/gift.ts";
import { moveReasons, stockItem } from "#shared/domain/stock/stock-move.ts";
import { procedureOf } from "./acts/act-type.ts";
import { assignCardRangeAct, setGiftAct } from "./acts/stock.ts";
import { atStation } from "./base.ts";
import { cardRef } from "./cards.ts";
import { instantMs, nothing, requestId } from "./common.ts";
import { refusals, refusalWith } from "./refusals.ts";

const pieces = z.int().min(1).max(99_999);

const stockLine = z.strictObject({
  item: stockItem,
  name: localName,
  /** What lies here; below zero when more was handed out than the books had. */
  onHand: z.int(),
  lowAt: z.int().nonnegative(),
  isLow: z.boolean(),
  /** The books were found to be wrong, and nobody has counted since. */
  mustBeCounted: z.boolean(),
  /** When the other counters of the branch were last heard of; null when never. */
  asOfMs: instantMs.nullable(),
  lastCount: z.strictObject({ atMs: instantMs, by: z.string(), counted: z.int(), expected: z.int() }).nullable(),
  /** Sent here by other branches and not taken in yet. */
  parcels: z.array(z.strictObject({ sentMoveId: z.string(), fromBranch: z.string(), pieces: z.int(), sentAtMs: instantMs })),
});
export type StockLine = z.infer<typeof stockLine>;

const stockMoveView = z.strictObject({
  moveId: z.string(),
  atMs: instantMs,
  why: z.enum(moveReasons),
  /** In, or out below zero; of a count, how many lay there. */
  pieces: z.int(),
  expected: z.int().nullable(),
  by: z.string(),
  secondPerson: z.string().nullable(),
  otherBranch: z.string().nullable(),
  /** Of cards: the last digits of the first and the last one. */
  cards: z.strictObject({ firstLast4: z.string(), lastLast4: z.string() }).nullable(),
});
export type StockMoveView = z.infer<typeof stockMoveView>;

const cardEnds = z.strictObject({ first: cardRef, last: cardRef });
export type CardEnds = z.infer<typeof cardEnds>;

/** Why no blank cards can be named by their two ends. */
const cardEndsRefusals = {
  ...refusals("CARD_NOT_RECOGNISED", "HANDLE_EXPIRED", "CARDS_OF_TWO_KINDS", "CARD_NOT_ASSIGNED"),
  ...refusalWith("CARD_OF_OTHER_BRANCH", z.object({ branch: z.string() })),
} as const;

const giftId = z.string().min(1).max(64);
const receiveInput = z.strictObject({ requestId, giftId, pieces });
const takeOutInput = z.strictObject({ requestId, giftId, pieces, why: z.enum(["damaged", "lost"]) });
const sendInput = z.strictObject({ requestId, giftId, pieces, toBranchId: z.string() });
const takeInInput = z.strictObject({ requestId, sentMoveId: z.string(), pieces: z.int().min(0).max(99_999) });
const countInput = z.strictObject({
  requestId,
  item: stockItem,
  counted: z.int().min(0).max(9_999_999),
  /** What the books said when the difference was shown. */
  expected: z.int(),
});
const receiveCardsInput = cardEnds.extend({ requestId });
const discardCardsInput = cardEnds.extend({ requestId, why: z.enum(["damaged", "lost"]) });
export type ReceiveInput = z.infer<typeof receiveInput>;
export type TakeOutInput = z.infer<typeof takeOutInput>;
export type SendInput = z.infer<typeof sendInput>;
export type TakeInInput = z.infer<typeof takeInInput>;
export type CountInput = z.infer<typeof countInput>;
export type ReceiveCardsInput = z.infer<typeof receiveCardsInput>;
export type DiscardCardsInput = z.infer<typeof discardCardsInput>;

const anyMove = refusals("ITEM_NOT_FOUND", "REQUEST_ID_REUSED");

const giftDay = z.strictObject({
  giftId: z.string(),
  name: localName,
  received: z.int(),
  handedOut: z.int(),
  givenBack: z.int(),
  /** Damaged, lost or sent away. */
  takenOut: z.int(),
  onHand: z.int(),
});
export type GiftDay = z.infer<typeof giftDay>;

const assignedCards = z.strictObject({
  /** In the order of their codes. */
  branches: z.array(branchRecord),
  kinds: z.array(z.strictObject({ kind: z.string(), name: localName })),
  /** Branch by branch. */
  ranges: z.array(cardRange.extend({ cards: z.int().positive() })),
});
export type AssignedCards = z.infer<typeof assignedCards>;

export const stock = {
  /** Gifts and blank cards of this branch, and what has to be done about them. */
  list: atStation.input(nothing).output(z.array(stockLine)),
  /** Newest first. */
  moves: atStation.input(z.strictObject({ item: stockItem })).output(z.array(stockMoveView)),
  /** What became of each gift on today's business date, for the close of the day. */
  today: atStation.input(nothing).output(z.array(giftDay)),
  /** Which blank cards are whose to hand out, and to whom more of which kind can be given. */
  ranges: atStation.input(nothing).output(assignedCards),
  /** What head office has named, as last heard. */
  gifts: atStation.input(nothing).output(z.array(gift)),
  /** Where gifts can be sent. */
  branches: atStation.input(nothing).output(z.array(z.strictObject({ branchId: z.string(), name: z.string() }))),
  /** Gives blank cards to a branch. */
  assignCards: procedureOf(assignCardRangeAct),
  /** Names a gift, or changes its name. */
  setGift: procedureOf(setGiftAct),
  receive: atStation.input(receiveInput).output(stockLine).errors(anyMove),
  takeOut: atStation.input(takeOutInput).output(stockLine).errors(anyMove),
  send: atStation.input(sendInput).output(stockLine).errors(anyMove).errors(refusals("BRANCH_NOT_FOUND")),
  /** Takes in a parcel from another branch, with what was in it. */
  takeIn: atStation.input(takeInInput).output(stockLine).errors(anyMove).errors(refusals("PARCEL_NOT_FOUND")),
  /** What was counted is what lies there from now on. */
  count: atStation
    .input(countInput)
    .output(stockLine)
    .errors(anyMove)
    .errors({ ...refusals("CLOCK_IN_DOUBT"), ...refusalWith("STOCK_CHANGED", z.object({ onHand: z.int() })) }),
  /** How many cards lie between two, before anything is recorded. */
  cardsBetween: atStation
    .input(cardEnds)
    .output(z.strictObject({ kindName: localName, cards: z.int().positive() }))
    .errors(cardEndsRefusals),
  receiveCards: atStation
    .input(receiveCardsInput)
    .output(stockLine)
    .errors(cardEndsRefusals)
    .errors(anyMove)
    .errors(refusals("CARDS_RECEIVED")),
  discardCards: atStation
    .input(discardCardsInput)
    .output(stockLine)
    .errors(cardEndsRefusals)
    .errors(anyMove)
    .errors({ ...refusals("CARD_DISCARDED"), ...refusalWith("CARDS_IN_USE", z.object({ cards: z.int() })) }),
};
