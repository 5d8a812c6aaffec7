import { z } from "zod";
import { roles } from "./roles.ts";

/** A staff card without its number: HMAC-SHA256 under the company's directory key, first 16 bytes in hex, as with members' cards. */
export const staffCard = z.strictObject({ hash: z.string().regex(/^[0-9a-f]{32}$/), last4: z.string().max(4) });

/** An argon2id verifier: of a password, or of a PIN, peppered with a key of the company. */
export const secretVerifier = z
  .string()
  .regex(/^\$argon2id\$/)
  .max(256);

/** A person's account as the record stands in both databases and travels to the stations of the person's branch. */
export const staffRecord = z.strictObject({
  staffId: z.string(),
  role: z.enum(roles),
  /** Roles that the person had before: what was done under one of them was permitted, wherever the change had not been heard. */
  formerRoles: z.array(z.enum(roles)).optional(),
  branchId: z.string().nullable(),
  isActive: z.boolean(),
  userName: z.string(),
  displayName: z.string(),
  verifier: z.string(),
  /** An administrator took the lock off: what failed before this instant counts no more. */
  unlockedAtMs: z.int().optional(),
  /** Left out in rows from before there were staff cards. */
  card: staffCard.nullable().optional(),
  pin: secretVerifier.nullable().optional(),
  /** When the PIN was taken out of use everywhere; null, or left out, while it is good. */
  pinBlockedAtMs: z.int().nullable().optional(),
  /** A new PIN was chosen or the old one forgotten, or a lock was taken off: wrong PINs before this instant count no more. */
  pinResetAtMs: z.int().optional(),
});
export type StaffRecord = z.infer<typeof staffRecord>;
