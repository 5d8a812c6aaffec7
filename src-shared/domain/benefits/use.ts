import { z } from "zod";

/**
 * A limited benefit is an item with accounts of its own in the ledger: what a campaign may still give, in lots whose owner is the item. Head
 * office holds its POOL, each life of a station a RIGHT to a share of it, and REDEEMED is what was used. So nobody uses what another may use.
 */
const itemId = z.uuid();
const lines = z.array(z.strictObject({ lotId: z.uuid(), points: z.int().positive() }));

/** What was taken of an item, or goes back to it. */
export const benefitUse = z.strictObject({ itemId, lines });
export type BenefitUse = z.infer<typeof benefitUse>;

/** The same of a campaign's budget; `cut` are the points that it could not give any more. */
export const budgetUse = benefitUse.extend({ cut: z.int().nonnegative() });
export type BudgetUse = z.infer<typeof budgetUse>;

/** The budget of an earning rule: `points` in all, whichever version gives them. */
export const ruleBudget = z.strictObject({ itemId, points: z.int().positive() });
