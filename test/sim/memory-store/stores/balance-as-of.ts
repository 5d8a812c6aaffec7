import type { StoredRecord } from "#server/app/ports/record-store.ts";
import type { BalanceRecord } from "#shared/contracts/sync/feed.ts";
import { hasLapsed, sumPoints } from "#shared/domain/ledger/lots.ts";

/** A member's points on a business date; what lapsed before it is not counted. */
export function balanceAsOf(record: StoredRecord | undefined, today: string): number {
  const { balance = 0, lots = [] } = (record?.doc ?? {}) as Partial<BalanceRecord>;
  return balance - sumPoints(lots.filter((lot) => hasLapsed(lot, today)));
}
