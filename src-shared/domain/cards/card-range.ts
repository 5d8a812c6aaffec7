import { z } from "zod";

/** Blank cards that head office gave to a branch: which numbers its counters may hand out. */
export const cardRange = z.strictObject({
  rangeId: z.string(),
  branchId: z.string(),
  cardKind: z.string(),
  /** Both as printed, both included. */
  first: z.string().regex(/^\d+$/),
  last: z.string().regex(/^\d+$/),
  /** With fewer blank cards of this kind than this, the branch is told to ask for more. */
  lowAt: z.int().nonnegative(),
});
export type CardRange = z.infer<typeof cardRange>;
