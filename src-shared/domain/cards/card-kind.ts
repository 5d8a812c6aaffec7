import { z } from "zod";
import { localName } from "#shared/domain/names/local-name.ts";

/** A kind of card and the pattern of its numbers; the check digit is not optional for magnetic stripes. */
export const cardKind = z.strictObject({
  kind: z.string(),
  name: localName,
  role: z.enum(["main"]),
  prefix: z.string().regex(/^\d+$/),
  /** Digits in all, prefix and check digit included. */
  length: z.int().min(8).max(19),
  check: z.enum(["luhn", "none"]),
});
export type CardKind = z.infer<typeof cardKind>;
