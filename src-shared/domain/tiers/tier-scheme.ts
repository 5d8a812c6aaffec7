import { z } from "zod";
import { localName } from "#shared/domain/names/local-name.ts";

/** What a purchase earns in a tier, in percent of what its rule gives anybody. */
export const factorPercent = z.int().min(101).max(1000);

const tier = z.strictObject({
  tierId: z.string(),
  name: localName,
  /** Reached from this measure on: points, or fen of purchases. */
  from: z.int().positive(),
  /** Kept from this measure on, which is never more than `from`. */
  keep: z.int().nonnegative(),
  /** Left out where the tier earns as everybody does. */
  factorPercent: factorPercent.exactOptional(),
});
export type Tier = z.infer<typeof tier>;

/** An immutable version of the company's tiers; an edit makes another version, which counts from its first day on. */
export const tierScheme = z.strictObject({
  version: z.int().positive(),
  /** What is counted of the purchases in the window: points earned, whether or not they are spent, or money. */
  measure: z.enum(["points", "spend"]),
  /** The calendar year up to the end of the month that is evaluated, or the twelve months that end with it. */
  window: z.enum(["calendarYear", "twelveMonths"]),
  /** What becomes of somebody who has not kept a tier. */
  onMiss: z.enum(["stay", "oneDown"]),
  /** Lowest first. Without any a member has no tier. */
  tiers: z.array(tier).min(1).max(8),
  opensOn: z.iso.date(),
});
export type TierScheme = z.infer<typeof tierScheme>;

/** Whether each tier begins above the one before it, is kept for no more than it takes to reach it, and is named once. */
export function isInOrder(tiers: readonly Tier[]): boolean {
  const isAbove = tiers.every(({ from, keep }, i) => from > (tiers[i - 1]?.from ?? 0) && keep <= from);
  return isAbove && new Set(tiers.map(({ tierId }) => tierId)).size === tiers.length;
}
