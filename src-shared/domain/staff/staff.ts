import { z } from "zod";
import { roles } from "./roles.ts";

/** A person's account as the record stands in both databases and travels to the stations of the person's branch. */
export const staffRecord = z.strictObject({
  staffId: z.string(),
  role: z.enum(roles),
  branchId: z.string().nullable(),
  isActive: z.boolean(),
  userName: z.string(),
  displayName: z.string(),
  verifier: z.string(),
  /** An administrator took the lock off: what failed before this instant counts no more. */
  unlockedAtMs: z.int().optional(),
});
export type StaffRecord = z.infer<typeof staffRecord>;
