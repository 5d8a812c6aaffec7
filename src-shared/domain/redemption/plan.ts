import { z } from "zod";
import { localName } from "#shared/domain/names/local-name.ts";

/** What points buy: an immutable version with a price and a period; both dates are inclusive. */
export const redemptionPlan = z.strictObject({
  planId: z.string(),
  version: z.int().positive(),
  name: localName,
  costPoints: z.int().positive(),
  opensOn: z.string(),
  closesOn: z.string(),
  /** The thing on the shelf that one redemption hands out; null for what has no shelf. */
  giftId: z.string().nullable().default(null),
});
export type RedemptionPlan = z.infer<typeof redemptionPlan>;
