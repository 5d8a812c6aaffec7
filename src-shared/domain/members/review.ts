import { z } from "zod";
import { memberFacts } from "./member.ts";

export const reviewDecision = z.enum(["accept", "keep"]);

/**
 * Two places said different things of who a member is, without knowing of each other: a person chooses. Named after the edit that waits.
 *
 * `kept`: the reviewer kept what was there. Whoever sends the same edit again after that opens the next round.
 */
export const reviewRecord = z.strictObject({
  reviewId: z.string(),
  memberId: z.string(),
  round: z.int().positive(),
  state: z.enum(["open", "accepted", "kept"]),
  /** Only the fields in question. */
  proposed: memberFacts,
  current: memberFacts,
  /** Staff id. */
  submittedBy: z.string(),
  submittedAtMs: z.int(),
  /** Staff id; null while it is open. */
  decidedBy: z.string().nullable(),
  reason: z.string().nullable(),
  /** Decisions that came when the round had been decided: without effect, and each reviewer gets to read the other's. */
  late: z.array(z.strictObject({ by: z.string(), round: z.int(), decision: reviewDecision, reason: z.string().nullable() })),
});
export type ReviewRecord = z.infer<typeof reviewRecord>;
