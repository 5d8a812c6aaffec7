import { z } from "zod";

/** The member record as it stands in both databases and travels in the feed. Name and phones are personal. */
export const memberRecord = z.strictObject({
  memberId: z.string(),
  memberNumber: z.string(),
  /** Branch id. */
  homeBranch: z.string(),
  state: z.enum(["active", "frozen"]),
  name: z.string(),
  phones: z.array(z.string()),
  createdAtMs: z.int(),
});
export type MemberRecord = z.infer<typeof memberRecord>;
