import type { BalanceView } from "#shared/contracts/members.ts";
import { hasLapsed, sumPoints, type HeldLot } from "#shared/domain/ledger/lots.ts";
import type { PoolMemberRecord, PoolRecord } from "#shared/domain/pools/pool.ts";
import type { Reading } from "#main/app/ports/store.ts";

/** The pool that a person saves up with, and the share of a purchase that goes to it; undefined for most. */
export function poolOf(view: Reading, memberId: string): (PoolRecord & Pick<PoolMemberRecord, "sharePercent">) | undefined {
  const member = view.members
    .namesOf(memberId)
    .map(view.pools.member)
    .find((row) => row !== undefined && row.poolId !== null);
  const pool = member?.poolId ? view.pools.find(member.poolId) : undefined;
  return member && pool && { ...pool, sharePercent: member.sharePercent };
}

/** What this station may spend for a member: the member's own lots, and those of the pool. */
export function lotsToSpend(view: Reading, memberId: string): readonly HeldLot[] {
  const pool = poolOf(view, memberId);
  return [...view.rights.of(memberId), ...(pool ? lotsOfPool(view, pool.poolId) : [])];
}

export const lotsOfPool = (view: Reading, poolId: string): readonly HeldLot[] =>
  view.rights.of(poolId).map((lot) => ({ ...lot, ownerId: poolId }));

/** What the pool has, as far as this station knows, and what may be spent of it here. */
export function viewShared(view: Reading, memberId: string, today: string): BalanceView["shared"] {
  const pool = poolOf(view, memberId);
  if (!pool) return null;
  const { poolId, name, kind, sharePercent } = pool;
  const spendableHere = sumPoints(lotsOfPool(view, poolId).filter((lot) => !hasLapsed(lot, today)));
  const heard = view.pools.figures(poolId)?.balance ?? 0;
  return { name, kind, sharePercent, balance: Math.max(spendableHere, heard + view.pools.notExchanged(poolId)), spendableHere };
}
