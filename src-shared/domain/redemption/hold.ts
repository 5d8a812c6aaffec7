import { z } from "zod";
import { lotLine } from "#shared/domain/ledger/lots.ts";

const points = z.int().positive();

/** Who was asked to carry out a redemption, and answers whether it did: a terminal on the counter, or a partner behind a line. */
export const holdTaker = z.strictObject({ kind: z.enum(["terminal", "partner"]), name: z.string().min(1).max(40) });

/**
 * Points that wait for the end of a redemption, as the record stands in both databases and travels in the feed. Nothing ends it but a word
 * of whoever was asked, or of a person: a clock does not know whether the goods went over the counter.
 */
export const holdRecord = z.strictObject({
  holdId: z.string(),
  memberId: z.string(),
  planId: z.string(),
  planVersion: points,
  quantity: points,
  points,
  /** The lots that pay, when it is confirmed. */
  lines: z.array(lotLine).min(1),
  taker: holdTaker,
  /** The station, and the life of it, which alone may end the hold while it goes on. */
  replica: points,
  heldBy: z.string(),
  /** Staff id. */
  by: z.string(),
  atMs: z.int(),
  /** `givenBack`: by head office, after the life that held it had ended. */
  state: z.enum(["held", "confirmed", "cancelled", "givenBack"]),
});
export type HoldRecord = z.infer<typeof holdRecord>;
