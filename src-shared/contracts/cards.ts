import { z } from "zod";
import { atStation } from "./base.ts";
import { requestId } from "./common.ts";
import { memberCard } from "./members.ts";
import { refusals, refusalWith } from "./refusals.ts";

/** A card is named by its number as typed, or by the handle of a swipe, so that a swiped number never leaves main. */
export const cardRef = z.union([
  z.strictObject({ number: z.string().trim().min(4).max(32) }),
  z.strictObject({ handle: z.string().min(1).max(64) }),
]);
export type CardRef = z.infer<typeof cardRef>;

const issueCardInput = z.strictObject({ requestId, memberId: z.string(), card: cardRef });
export type IssueCardInput = z.infer<typeof issueCardInput>;

const blockCardInput = z.strictObject({
  requestId,
  memberId: z.string(),
  /** A code of the dictionary of reasons. */
  reason: z.string().min(1).max(64),
});
export type BlockCardInput = z.infer<typeof blockCardInput>;

export const cards = {
  /** What a typed or swiped number stands for. */
  identify: atStation
    .input(z.strictObject({ card: cardRef }))
    .output(memberCard)
    .errors({
      ...refusals("CARD_NOT_RECOGNISED", "HANDLE_EXPIRED"),
      ...refusalWith("CARD_UNKNOWN_HERE", z.object({ last4: z.string() })),
    }),
  /** Binds a blank card as the member's main card (K-01). */
  issue: atStation
    .input(issueCardInput)
    .output(memberCard)
    .errors({
      // Of a card that is taken, by whom is not said.
      ...refusals("CARD_NOT_RECOGNISED", "HANDLE_EXPIRED", "MEMBER_NOT_FOUND", "MEMBER_FROZEN", "CARD_TAKEN", "REQUEST_ID_REUSED"),
      /** Of the card that works. */
      ...refusalWith("HAS_MAIN_CARD", z.object({ last4: z.string() })),
      ...refusals("CARD_NOT_ASSIGNED", "CARD_DISCARDED"),
      ...refusalWith("CARD_OF_OTHER_BRANCH", z.object({ branch: z.string() })),
    }),
  /** Takes effect here at once and everywhere with the next exchange. It cannot be undone (replacement follows). */
  block: atStation
    .input(blockCardInput)
    .output(memberCard)
    .errors(refusals("MEMBER_NOT_FOUND", "NO_CARD", "CARD_BLOCKED", "REASON_UNKNOWN", "REQUEST_ID_REUSED")),
};
