import { z } from "zod";
import { restoreReasons } from "./restore-reason.ts";

const points = z.int().positive();
const date = z.iso.date();

/** A spend of the same owner that is charged to another lot from now on. A chain of them leads from the lot that lapsed to the one freed. */
export const chargeMove = z.strictObject({ spendOpId: z.uuid(), from: z.uuid(), to: z.uuid() });
export type ChargeMove = z.infer<typeof chargeMove>;

export const restoreReason = z.enum(restoreReasons);

/** Lots of one member that lapsed for want of visits, as far as something of them is still held: no branch spends of them any more. */
export const inactivityRecord = z.strictObject({
  memberId: z.string(),
  lots: z.array(z.strictObject({ lotId: z.uuid(), lapsedOn: date })),
});

/**
 * What became of points whose last day was over, a row for each movement:
 * - `expired`: they are gone, unless a row below says otherwise;
 * - `exchanged`: for `points` of them the member has a new lot, because as many were spent meanwhile from a lot that lasts longer;
 * - `restored`: `points` of them are the member's again: the same ones, because a branch that was heard late had served the member in time,
 *   or a new lot with some days of grace, because somebody decided so.
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
  /** The lot that the member has instead; null for `expired`, and where the points themselves came back. */
  newLot: z.strictObject({ lotId: z.string(), expiresOn: date.nullable() }).nullable(),
  /** Of an exchange: the lot that was freed, which the new one stands for. */
  standsFor: z.string().nullable(),
  moves: z.array(chargeMove),
  /** When the points were spent that an exchange gives back; null for the others. */
  spentOn: date.nullable(),
  /** Branches that had not been heard past the last day when the points expired. */
  without: z.array(z.string()),
  /** Of expired ones: the member had stayed away for so long that they lapsed before their own last day. */
  forWantOfVisits: z.literal(true).exactOptional(),
  /** Of restored ones: when the member had been served in time, and at which branch; null where head office cannot say. */
  served: z.strictObject({ on: date, branchId: z.string().nullable() }).exactOptional(),
  /** Of restored ones: why somebody decided so. */
  reason: restoreReason.exactOptional(),
});
export type LapseRecord = z.infer<typeof lapseRecord>;
