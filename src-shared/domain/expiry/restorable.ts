import type { LapseRecord } from "./lapse.ts";
import type { LotLine } from "#shared/domain/ledger/lots.ts";

/** How long restored points last, in days from the decision on. */
export const graceDays = 30;

/** What expired of a member's lots on one last day and was not given back in any way. */
export function restorableOf(lapses: readonly LapseRecord[], lapsedOn: string): readonly LotLine[] {
  const left = new Map<string, number>();
  for (const { what, lotId, points, withdrawn, ...lapse } of lapses) {
    if (lapse.lapsedOn !== lapsedOn) continue;
    left.set(lotId, (left.get(lotId) ?? 0) + (what === "expired" ? points : withdrawn - points));
  }
  return [...left].flatMap(([lotId, points]) => (points > 0 ? { lotId, points } : []));
}
