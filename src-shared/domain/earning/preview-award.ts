import { inForce, isOpenOn } from "#shared/domain/publications/in-force.ts";
import { addMonths } from "#shared/domain/time/calendar.ts";
import { firstPointFen, pointsFor } from "./points-for.ts";
import type { EarningRule } from "./rule.ts";

export type AwardPreview =
  | { readonly kind: "points"; readonly rule: EarningRule; readonly points: number; readonly expiresOn: string | null }
  | { readonly kind: "tooSmall"; readonly rule: EarningRule; readonly firstPointFen: number }
  /** No version has opened by that day, or the one that counts has closed. */
  | { readonly kind: "closed" };

/** What a purchase on a day would earn, by which version, and until when: computed as the counter computes it, and written nowhere. */
export function previewAward(versions: readonly EarningRule[], amountFen: number, date: string): AwardPreview {
  const rule = inForce(versions, date);
  if (!rule || !isOpenOn(rule, date)) return { kind: "closed" };
  const points = pointsFor(rule, amountFen);
  if (points === 0) return { kind: "tooSmall", rule, firstPointFen: firstPointFen(rule) };
  return { kind: "points", rule, points, expiresOn: rule.validMonths === null ? null : addMonths(date, rule.validMonths) };
}
