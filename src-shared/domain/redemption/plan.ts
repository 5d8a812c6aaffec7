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
});
export type RedemptionPlan = z.infer<typeof redemptionPlan>;
