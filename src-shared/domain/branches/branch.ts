import { z } from "zod";

/** A branch: its code is what people say, its id what records name. */
export const branchRecord = z.strictObject({
  branchId: z.string(),
  code: z.string().regex(/^[A-Z0-9]{1,12}$/),
  name: z.string().min(1).max(60),
});
export type BranchRecord = z.infer<typeof branchRecord>;
