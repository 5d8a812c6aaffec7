import { z } from "zod";
import { atStation } from "./base.ts";
import { nothing } from "./common.ts";
import { refusals } from "./refusals.ts";

/** A card in the drawer of a sample: swiped by a click, read by the same reader code as a real one. */
const practiceCard = z.strictObject({
  swipeId: z.string(),
  kind: z.enum(["ourMember", "otherBranch", "blank", "staff", "tag", "foreign", "damaged"]),
  /** Of the colleague, or of the member, masked beyond this branch; null for a card that is nobody's. */
  name: z.string().nullable(),
  last4: z.string().nullable(),
});
export type PracticeCard = z.infer<typeof practiceCard>;

/** A reader to practise with, in samples alone: its events never reach a live ledger. */
export const practice = {
  cards: atStation.input(nothing).output(z.array(practiceCard)).errors(refusals("NOT_A_SAMPLE")),
  swipe: atStation
    .input(z.strictObject({ swipeId: z.string() }))
    .output(z.strictObject({}))
    .errors(refusals("NOT_A_SAMPLE", "CARD_NOT_FOUND")),
  /** Draws the card in the hand through the encoder that waits for one; `tooFast` writes nothing, `badly` writes something else. */
  draw: atStation
    .input(z.strictObject({ how: z.enum(["well", "tooFast", "badly"]) }))
    .output(z.strictObject({}))
    .errors(refusals("NOT_A_SAMPLE")),
};
