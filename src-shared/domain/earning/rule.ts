import { z } from "zod";

/** An immutable version of an earning rule; an edit makes another version (P-08). Points per full `perFen`, rounded down once. */
export const earningRule = z.strictObject({
  ruleId: z.string(),
  version: z.int().positive(),
  name: z.strictObject({ "zh-CN": z.string(), "en-US": z.string() }),
  points: z.int().positive(),
  perFen: z.int().positive(),
  /** `none` takes effect at the counter; `headOffice` makes a proposal that head office decides. */
  approval: z.enum(["none", "headOffice"]),
  /** Points lapse after this many months; null when they never do. */
  validMonths: z.int().positive().nullable(),
  opensOn: z.string(),
  closesOn: z.string().nullable(),
});
export type EarningRule = z.infer<typeof earningRule>;

/**
 * Points of an amount under a rule.
 *
 * @returns whole points, rounded down once over the whole amount; exact for any amount below 2^53 fen
 */
export function pointsFor(rule: Pick<EarningRule, "points" | "perFen">, amountFen: number): number {
  return Number((BigInt(amountFen) * BigInt(rule.points)) / BigInt(rule.perFen));
}

/** The smallest amount that earns a point, in fen. */
export const firstPointFen = (rule: Pick<EarningRule, "points" | "perFen">): number => Math.ceil(rule.perFen / rule.points);
