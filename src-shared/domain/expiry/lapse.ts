import { z } from "zod";

const points = z.int().positive();
const date = z.iso.date();

/** A spend of the same owner that is charged to another lot from now on. A chain of them leads from the lot that lapsed to the one freed. */
export const chargeMove = z.strictObject({ spendOpId: z.uuid(), from: z.uuid(), to: z.uuid() });
export type ChargeMove = z.infer<typeof chargeMove>;

/**
 * What became of points whose last day was over, a row for each movement:
 * - `expired`: they are gone, unless a row below says otherwise;
 * - `exchanged`: for `points` of them the member has a new lot, because as many were spent meanwhile from a lot that lasts longer;
 * - `restored`: for `points` of them the member has a new lot with a day of grace, because the redemption that took them was undone.
 */
export const lapseRecord = z.strictObject({
  lapseId: z.string(),
  memberId: z.string(),
  what: z.enum(["expired", "exchanged", "restored"]),
  /** The lot that lapsed, and its last day. */
  lotId: z.string(),
  lapsedOn: date,
  points,
  /** Of an exchange, what was taken back since: the lot was spent after all by one who was heard late, or the spend was undone. */
  withdrawn: z.int().nonnegative(),
  bookedOn: date,
  /** The lot that the member has instead; null for `expired`. */
  newLot: z.strictObject({ lotId: z.string(), expiresOn: date.nullable() }).nullable(),
  /** Of an exchange: the lot that was freed, which the new one stands for. */
  standsFor: z.string().nullable(),
  moves: z.array(chargeMove),
  /** When the points were spent that an exchange gives back; null for the others. */
  spentOn: date.nullable(),
  /** Branches that had not been heard past the last day when the points expired. */
  without: z.array(z.string()),
});
export type LapseRecord = z.infer<typeof lapseRecord>;
