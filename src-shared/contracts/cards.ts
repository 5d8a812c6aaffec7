import { z } from "zod";
import { atStation } from "./base.ts";
import { date, instantMs, nothing, requestId } from "./common.ts";
import { memberCard } from "./members.ts";
import { refusals, refusalWith } from "./refusals.ts";

/** A card is named by its number as typed, or by the handle of a swipe, so that a swiped number never leaves main. */
export const cardRef = z.union([
  z.strictObject({ number: z.string().trim().min(4).max(32) }),
  z.strictObject({ handle: z.string().min(1).max(64) }),
]);
export type CardRef = z.infer<typeof cardRef>;

export const issueCardInput = z.strictObject({
  requestId,
  memberId: z.string(),
  card: cardRef,
  /** The main card where it is left out; a sub-card is on the same account, and ends with the main card. */
  as: z.enum(["main", "sub"]).exactOptional(),
});
export type IssueCardInput = z.infer<typeof issueCardInput>;

const blockCardInput = z
  .strictObject({
    requestId,
    memberId: z.string(),
    /** One of the member's sub-cards, as `subCards` names it; the main card where it is left out. */
    subCardId: z.string().min(1).max(64).exactOptional(),
    /** A code of the dictionary of reasons. */
    reason: z.string().min(1).max(64),
    /** The blank card that takes its place in the same act. */
    newCard: cardRef.optional(),
  })
  .refine(({ subCardId, newCard }) => subCardId === undefined || newCard === undefined, {
    path: ["newCard"],
    error: "A sub-card is cancelled, and never replaced.",
  });
export type BlockCardInput = z.infer<typeof blockCardInput>;

/** Why a blank card is not for this member, or not for this counter. */
export const ofBlankCard = {
  // Of a card that is taken, by whom is not said.
  ...refusals("CARD_NOT_RECOGNISED", "HANDLE_EXPIRED", "MEMBER_NOT_FOUND", "MEMBER_FROZEN", "CARD_TAKEN"),
  /** Of the card that works. */
  ...refusalWith("HAS_MAIN_CARD", z.object({ last4: z.string() })),
  ...refusals("CARD_NOT_ASSIGNED", "CARD_DISCARDED", "NO_MAIN_CARD"),
  ...refusalWith("CARD_OF_OTHER_BRANCH", z.object({ branch: z.string() })),
};

const undoIssueInput = z.strictObject({ requestId, undoes: z.string() });
export type UndoIssueInput = z.infer<typeof undoIssueInput>;

const waitingMember = z.strictObject({ memberId: z.string(), memberNumber: z.string(), name: z.string(), joinedAtMs: instantMs });
export type WaitingMember = z.infer<typeof waitingMember>;

export const cards = {
  /** Members of this branch who have never had a card, who came first first; `total` counts also those behind the ones listed. */
  waiting: atStation.input(nothing).output(z.strictObject({ members: z.array(waitingMember), total: z.int() })),
  /** Takes back what the same person handed out today by mistake. The card is void, and the member waits for another one. */
  undoIssue: atStation
    .input(undoIssueInput)
    .output(memberCard)
    .errors({
      ...refusals("OPERATION_NOT_FOUND", "NOT_VOIDABLE", "ALREADY_VOIDED", "CLOCK_IN_DOUBT", "CARD_BLOCKED", "REQUEST_ID_REUSED"),
      ...refusalWith("VOID_WINDOW_CLOSED", z.object({ businessDate: date })),
    }),
  /** What a typed or swiped number stands for. */
  identify: atStation
    .input(z.strictObject({ card: cardRef }))
    .output(memberCard)
    .errors({
      ...refusals("CARD_NOT_RECOGNISED", "HANDLE_EXPIRED"),
      ...refusalWith("CARD_UNKNOWN_HERE", z.object({ last4: z.string() })),
    }),
  /** Binds a blank card as the member's main card (K-01), or as a sub-card beside it (K-07). */
  issue: atStation
    .input(issueCardInput)
    .output(memberCard)
    .errors({
      ...ofBlankCard,
      ...refusals("REQUEST_ID_REUSED"),
    }),
  /**
   * Takes effect here at once and everywhere with the next exchange, and cannot be undone. With a new card it is a replacement: both
   * happen, or neither (K-08, K-11). Its sub-cards end with it (K-10). A sub-card is cancelled alone, and nothing takes its place (K-09, K-12).
   */
  block: atStation
    .input(blockCardInput)
    .output(memberCard)
    .errors({ ...ofBlankCard, ...refusals("NO_CARD", "CARD_BLOCKED", "REASON_UNKNOWN", "REQUEST_ID_REUSED") }),
};
