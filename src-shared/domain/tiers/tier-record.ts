import { z } from "zod";
import { tierOutcomes } from "./decide-tier.ts";

const evaluation = z.strictObject({
  /** The month that was evaluated, `YYYY-MM`. */
  period: z.string(),
  schemeVersion: z.int().positive(),
  /** Points, or fen, in the window of that month. */
  measured: z.int().nonnegative(),
  /** The tier before and after; null for none. */
  before: z.string().nullable(),
  tierId: z.string().nullable(),
  outcome: z.enum(tierOutcomes),
  /** Business date of head office. */
  evaluatedOn: z.iso.date(),
  /** Anew, because of something that was heard after the evaluation of that month. */
  isRecomputed: z.boolean(),
  /** Branches that were not heard past the month, and for which head office did not wait any longer. */
  without: z.array(z.string()),
});
export type TierEvaluation = z.infer<typeof evaluation>;

const countedPurchase = z.strictObject({ lotId: z.string(), receiptNumber: z.string(), on: z.iso.date(), counted: z.int() });
export type CountedPurchase = z.infer<typeof countedPurchase>;

/** Where a member stands, and why: as the record stands in both databases and travels in the feed. */
export const tierRecord = z.strictObject({
  memberId: z.string(),
  tierId: z.string().nullable(),
  /** Its place counted from the lowest, which is 1; 0 for none. Of two members who are one, the higher one counts until the next evaluation. */
  rank: z.int().nonnegative(),
  /** The latest, newest first. */
  evaluations: z.array(evaluation).min(1),
  /** What the newest evaluation counted, the latest purchases first. */
  purchases: z.array(countedPurchase),
  /** The same of earlier purchases, added up. */
  earlier: z.strictObject({ purchases: z.int().nonnegative(), counted: z.int() }),
});
export type TierRecord = z.infer<typeof tierRecord>;

/** More than anybody asks about at a counter. */
const evaluationsKept = 12;
const purchasesKept = 12;

/** The record after one more evaluation. @param purchases all that were counted, the latest first */
export function withEvaluation(
  memberId: string,
  before: TierRecord | undefined,
  news: { readonly rank: number; readonly evaluation: TierEvaluation; readonly purchases: readonly CountedPurchase[] },
): TierRecord {
  const { rank, evaluation: latest, purchases } = news;
  const rest = purchases.slice(purchasesKept);
  return {
    memberId,
    tierId: latest.tierId,
    rank,
    evaluations: [latest, ...(before?.evaluations ?? [])].slice(0, evaluationsKept),
    purchases: purchases.slice(0, purchasesKept),
    earlier: { purchases: rest.length, counted: rest.reduce((sum, { counted }) => sum + counted, 0) },
  };
}

/** Where the member stood on a business date; before the first evaluation that is known, as it was found then. */
export function tierOn({ evaluations }: Pick<TierRecord, "evaluations">, day: string): string | null {
  const judged = evaluations.find(({ evaluatedOn }) => evaluatedOn <= day);
  return judged ? judged.tierId : (evaluations.at(-1)?.before ?? null);
}

/** Of all names of a person, the one that stands highest; of equals the one named first. */
export const highestOf = (records: readonly TierRecord[]): TierRecord | undefined =>
  records.reduce<TierRecord | undefined>((highest, record) => (highest && highest.rank >= record.rank ? highest : record), undefined);
