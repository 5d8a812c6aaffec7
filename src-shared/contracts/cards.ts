import { z } from "zod";
import { atStation } from "./base.ts";
import { requestId } from "./common.ts";
import { memberCard } from "./members.ts";

/** A card is named by its number as typed, or by the handle of a swipe, so that a swiped number never leaves main. */
const cardRef = z.union([
  z.strictObject({ number: z.string().trim().min(4).max(32) }),
  z.strictObject({ handle: z.string().min(1).max(64) }),
]);
export type CardRef = z.infer<typeof cardRef>;

const issueCardInput = z.strictObject({ requestId, memberId: z.string(), card: cardRef });
export type IssueCardInput = z.infer<typeof issueCardInput>;

const blockReasons = ["lost", "stolen", "damaged", "misused"] as const;
const blockCardInput = z.strictObject({ requestId, memberId: z.string(), reason: z.enum(blockReasons) });
export type BlockCardInput = z.infer<typeof blockCardInput>;

const notRecognised = { CARD_NOT_RECOGNISED: {} } as const;

export const cards = {
  /** What a typed or swiped number stands for. */
  identify: atStation
    .input(z.strictObject({ card: cardRef }))
    .output(memberCard)
    .errors({ ...notRecognised, CARD_UNKNOWN_HERE: { data: z.object({ last4: z.string() }) }, HANDLE_EXPIRED: {} }),
  /** Binds a blank card as the member's main card (K-01). */
  issue: atStation
    .input(issueCardInput)
    .output(memberCard)
    .errors({
      ...notRecognised,
      HANDLE_EXPIRED: {},
      MEMBER_NOT_FOUND: {},
      MEMBER_FROZEN: {},
      /** The number is in use; by whom is not said. */
      CARD_TAKEN: {},
      /** The member has a main card that is not blocked. */
      HAS_MAIN_CARD: { data: z.object({ last4: z.string() }) },
      REQUEST_ID_REUSED: {},
    }),
  /** Takes effect here at once and everywhere with the next exchange. It cannot be undone (replacement follows). */
  block: atStation.input(blockCardInput).output(memberCard).errors({
    MEMBER_NOT_FOUND: {},
    NO_CARD: {},
    CARD_BLOCKED: {},
    REQUEST_ID_REUSED: {},
  }),
};
