import { z } from "zod";
import { localName } from "#shared/domain/names/local-name.ts";
import { uidDigits } from "./tag-number.ts";

/** A kind of card and the pattern of its numbers; the check digit is not optional for magnetic stripes. */
export const cardKind = z.strictObject({
  kind: z.string(),
  name: localName,
  role: z.enum(["main"]),
  /** What carries the number: a stripe, or a 125 kHz tag, which is known by its UID. */
  media: z.enum(["magstripe", "em4100"]).default("magstripe"),
  /** What the number, or the UID, begins with: decimal digits on a stripe; hexadecimal ones of a tag, or none, which takes every tag. */
  prefix: z.string().regex(/^[0-9A-F]*$/),
  /** Digits in all, prefix and check digit included; those of a UID are ten. */
  length: z.int().min(8).max(19),
  check: z.enum(["luhn", "none"]),
});
export type CardKind = z.infer<typeof cardKind>;

/** Whether prefix, length and check are such as the medium can have: a UID ends in no check digit, its frames are checked by themselves. */
export function fitsItsMedium({ media, prefix, length, check }: Pick<CardKind, "media" | "prefix" | "length" | "check">): boolean {
  return media === "em4100" ? length === uidDigits && check === "none" : /^[0-9]+$/.test(prefix);
}
