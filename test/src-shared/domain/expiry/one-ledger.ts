import type { Charge } from "#shared/domain/expiry/charges.ts";
import type { LotSpan } from "#shared/domain/expiry/settle-lapses.ts";
import { sumPoints } from "#shared/domain/ledger/lots.ts";

export type GrantedLot = LotSpan & {
  readonly points: number;
  /** Of one that lapses when the member stays away. */ readonly inactiveMonths?: number;
};

/**
 * What one ledger in one place lets expire that always spends the earliest expiry first: the measure of what branches do.
 *
 * @param spends whatever paid for them; of one day, awards come before spends
 * @returns the points of lots whose last day is `until` or earlier and that no spend took
 */
export function expiredInOneLedger(lots: readonly GrantedLot[], spends: readonly Charge[], until: string): number {
  const left = new Map(lots.map((lot) => [lot.lotId, lot.points]));
  const byEnd = lots.toSorted((a, b) => (endOf(a) < endOf(b) ? -1 : 1));
  for (const { spentOn, points } of spends.toSorted((a, b) => (a.spentOn < b.spentOn ? -1 : 1))) {
    let owed = points;
    for (const lot of byEnd) {
      if (lot.earnedOn > spentOn || endOf(lot) < spentOn) continue;
      const taken = Math.min(owed, left.get(lot.lotId) ?? 0);
      left.set(lot.lotId, (left.get(lot.lotId) ?? 0) - taken);
      owed -= taken;
    }
    if (owed > 0) throw new Error("branches spent what one ledger did not have");
  }
  return lots.reduce((sum, lot) => sum + (endOf(lot) <= until ? (left.get(lot.lotId) ?? 0) : 0), 0);
}

/**
 * A branch that has not heard that points lapsed for want of visits lets them be spent, in good faith: those are gone before the ledger begins.
 *
 * @returns the lots without what was spent of them too late, and the spends that were in time
 */
export function spentInTime(lots: readonly GrantedLot[], charges: readonly Charge[]): [GrantedLot[], Charge[]] {
  const spans = new Map(lots.map((lot) => [lot.lotId, lot]));
  const [late, inTime] = [true, false].map((isLate) =>
    charges.filter(({ lotId, spentOn }) => (spans.get(lotId)?.expiresOn ?? "9999") < spentOn === isLate),
  );
  const left = lots.map((lot) => ({ ...lot, points: lot.points - sumPoints((late ?? []).filter(({ lotId }) => lotId === lot.lotId)) }));
  return [left, inTime ?? []];
}

const endOf = ({ expiresOn }: LotSpan): string => expiresOn ?? "9999-12-31";
