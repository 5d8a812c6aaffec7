import type { LedgerEntry } from "#server/app/ports/ledger-store.ts";
import type { Effect } from "#shared/domain/operations/effect.ts";

export type EntryLine = Pick<LedgerEntry, "lotId" | "memberId" | "holder" | "amount">;

/** The two entries of an effect that moves points, which sum to zero; none for any other effect. */
export function entryLines(effect: Effect): readonly EntryLine[] {
  if (effect.kind === "move") {
    const { lotId, memberId, from, to, points } = effect;
    return [
      { lotId, memberId, holder: from, amount: -points },
      { lotId, memberId, holder: to, amount: points },
    ];
  }
  if (effect.kind === "debt") {
    const { memberId, points } = effect;
    return [
      { lotId: null, memberId, holder: "DEBT", amount: points },
      { lotId: null, memberId, holder: "CLAIM", amount: -points },
    ];
  }
  return [];
}
