import { z } from "zod";
import { atStation } from "./base.ts";
import { instantMs, nothing } from "./common.ts";
import { journalLine } from "./points.ts";

/** What is printed of an act for the customer: enough to find it again by, and of the person only what a stranger may read. */
const slip = z.strictObject({
  ...journalLine.pick({
    opId: true,
    atMs: true,
    kind: true,
    points: true,
    detail: true,
    planName: true,
    reasonName: true,
    isVoided: true,
    operator: true,
  }).shape,
  /** As another counter is told it to have the entry undone: `3-142-9F0C`. */
  slip: z.string(),
  memberNumber: z.string(),
  nameMasked: z.string(),
  cardLast4: z.string().nullable(),
  branch: z.string(),
  stationNumber: z.int(),
  /** Null where this station knows no figure; what is not exchanged yet is counted in. */
  balance: z.int().nullable(),
  /** When head office's figure was made. */
  asOfMs: instantMs.nullable(),
});
export type Slip = z.infer<typeof slip>;

export const slips = {
  /** Of the newest act of the day that was about a member, whoever did it here; null when there was none. */
  last: atStation.input(nothing).output(slip.nullable()),
};
