import { z } from "zod";

/** What points buy: an immutable version with a price and a period; both dates are inclusive. */
export const redemptionPlan = z.strictObject({
  planId: z.string(),
  version: z.int().positive(),
  name: z.strictObject({ "zh-CN": z.string(), "en-US": z.string() }),
  costPoints: z.int().positive(),
  opensOn: z.string(),
  closesOn: z.string(),
});
export type RedemptionPlan = z.infer<typeof redemptionPlan>;
