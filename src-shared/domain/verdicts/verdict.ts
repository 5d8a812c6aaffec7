import { z } from "zod";

/**
 * What head office made of an operation. `parked`: it waits for something that has not arrived, and is judged again by itself. `quarantined`: it
 * waits for a person. `refused`: a person has decided that it has no effect, ever.
 */
export const outcome = z.enum(["applied", "flagged", "parked", "quarantined", "refused"]);
export type Outcome = z.infer<typeof outcome>;

export const hadEffect = (verdict: Outcome): boolean => verdict === "applied" || verdict === "flagged";

/**
 * What became of an operation after its first verdict: the row by which the station that wrote it is told. A person who has only looked at
 * what is flagged leaves one too.
 */
export const verdictRecord = z.strictObject({
  opId: z.string(),
  replica: z.int().positive(),
  incarnation: z.string(),
  seq: z.int().positive(),
  outcome,
  /** Why it is flagged, or why it had no effect. */
  code: z.string().nullable(),
  /** Staff id, or head office itself where what the operation waited for has arrived. */
  decidedBy: z.string(),
  decidedAtMs: z.int(),
  /** What the person said to whoever wrote it. */
  reason: z.string().nullable(),
});
export type VerdictRecord = z.infer<typeof verdictRecord>;

/** An operation's place in its life names its verdict: of two operations under one id each has its own. */
export const verdictIdOf = ({ incarnation, seq }: Pick<VerdictRecord, "incarnation" | "seq">): string => `${incarnation}/${seq}`;
