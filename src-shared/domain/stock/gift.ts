import { z } from "zod";
import { localName } from "#shared/domain/names/local-name.ts";

/** A thing on a shelf that redemption plans hand out. What has no shelf, such as a voucher or money off, is no gift. */
export const gift = z.strictObject({
  giftId: z.string(),
  name: localName,
  /** With fewer than this, a branch is told to ask for more. */
  lowAt: z.int().nonnegative(),
});
export type Gift = z.infer<typeof gift>;
