import { z } from "zod";
import { poolShare } from "#shared/domain/pools/pool.ts";

/** Points that wait for a decision, as the record stands in both databases and travels in the feed. */
export const proposalRecord = z.strictObject({
  proposalId: z.string(),
  memberId: z.string(),
  points: z.int().positive(),
  ruleId: z.string(),
  ruleVersion: z.int().positive(),
  earnedOn: z.string(),
  expiresOn: z.string().nullable(),
  receiptNumber: z.string(),
  amountFen: z.int(),
  /** Staff id. */
  proposedBy: z.string(),
  proposedAtMs: z.int(),
  /** Who decides it, and nobody else does: a decision about points has one holder. */
  holder: z.enum(["station", "headOffice"]),
  /** The life of the station that holds it; null at head office. */
  heldBy: z.string().nullable().default(null),
  state: z.enum(["open", "approved", "rejected"]),
  reason: z.string().nullable(),
  /** The award that gave less than a newer rule, or the tier that head office knows, would have, where head office proposes the difference. */
  differenceOf: z.string().optional(),
  /** What of it is for a pool once it is approved. */
  pool: poolShare.optional(),
});
export type ProposalRecord = z.infer<typeof proposalRecord>;

/** The award at a station that the proposal comes from: itself, or the one it adds to. */
export const causeOf = ({ proposalId, differenceOf }: Pick<ProposalRecord, "proposalId" | "differenceOf">): string =>
  differenceOf ?? proposalId;
