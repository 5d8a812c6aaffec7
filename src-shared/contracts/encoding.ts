import { z } from "zod";
import { atStation } from "./base.ts";
import { issueCardInput, ofBlankCard } from "./cards.ts";
import { instantMs, nothing } from "./common.ts";
import { deviceState } from "./devices.ts";
import { localName } from "#shared/domain/names/local-name.ts";
import { memberCard } from "./members.ts";
import { refusals } from "./refusals.ts";

const last4 = z.string();

const encodingState = z.strictObject({
  /** Null where this computer has no encoder. */
  encoder: z.strictObject({ state: deviceState, isPractice: z.boolean() }).nullable(),
  /** The next number of this branch's boxes; null when they are empty. The handle names it as that of a swipe does. */
  next: z.strictObject({ handle: z.string(), last4, kindName: localName }).nullable(),
  /** Blank cards of that kind in the drawer, as the books have it, and with how many it runs low. */
  left: z.int(),
  isLow: z.boolean(),
  /**
   * Numbers that may stand on cards which are nobody's, newest first: each is for the very card it was written on. `fault` is a device
   * code, and null where the counter was closed in the middle.
   */
  unfinished: z.array(z.strictObject({ handle: z.string(), last4, fault: z.string().nullable(), atMs: instantMs })),
});
export type EncodingState = z.infer<typeof encodingState>;

const ofEncoder = refusals("ENCODER_NOT_READY", "CARD_NOT_DRAWN");

/**
 * Issuing a card that this counter writes itself: `write`, then `check`, both of the same intent. The card is the member's when what was
 * read back is what was written, and not before.
 */
export const encoding = {
  state: atStation.input(nothing).output(encodingState),
  /** Writes the number on the next card that is drawn through the encoder. Nothing is bound by it. */
  write: atStation
    .input(issueCardInput)
    .output(z.strictObject({ last4 }))
    .errors({ ...ofBlankCard, ...ofEncoder, ...refusals("CARD_NOT_WRITTEN", "CARD_WRITE_UNKNOWN") }),
  /** Reads the card back, and issues it when it holds the number. */
  check: atStation
    .input(issueCardInput)
    .output(memberCard)
    .errors({ ...ofBlankCard, ...ofEncoder, ...refusals("CARD_NOT_WRITTEN", "CARD_NOT_VERIFIED", "REQUEST_ID_REUSED") }),
};
