import { newId } from "#server/app/ids.ts";
import type { PlacedIncarnation } from "#server/app/ports/station-store.ts";
import { proposalRecord } from "#shared/domain/earning/proposal.ts";
import { isUnspent, lifeOfHolder, rightOf, type Lot, type LotLine } from "#shared/domain/ledger/lots.ts";
import { rightsRecall } from "#shared/domain/ledger/ops.ts";
import { poolContribute, poolHandOut, poolReverse } from "#shared/domain/pools/ops.ts";
import {
  poolMemberRecord,
  poolRecord,
  type PoolFigures,
  type PoolMemberRecord,
  type PoolRecord,
  type PoolShare,
} from "#shared/domain/pools/pool.ts";
import type { Books } from "./books.ts";
import { headOfficeItself } from "./own-operations.ts";
import type { Work } from "./work.ts";

export function findPool({ books }: Pick<Work, "books">, poolId: string): PoolRecord | undefined {
  const record = books.records.find("pool", poolId);
  return record && poolRecord.parse(record.doc);
}

/** Where a person stands to pools, under whichever name they joined one. */
export function poolMemberOf({ records, namesOf }: Pick<Books, "records" | "namesOf">, memberId: string): PoolMemberRecord | undefined {
  const rows = namesOf(memberId).flatMap((name) => records.find("poolMember", name) ?? []);
  const members = rows.map(({ doc }) => poolMemberRecord.parse(doc));
  return members.find(({ poolId }) => poolId !== null) ?? members[0];
}

/** Whether somebody saves up with a pool, or did: a counter that has not heard of the leaving goes on in good faith. */
export function knowsPool(books: Books, memberId: string, poolId: string): boolean {
  const member = poolMemberOf(books, memberId);
  return member?.poolId === poolId || member?.left.includes(poolId) === true;
}

/** What a new lot has for the pool becomes a lot of the pool, unless the member has left meanwhile: then it stays the member's own. */
export async function contribute(
  { books, own, machine }: Work,
  lotId: string,
  { memberId, pool }: { readonly memberId: string; readonly pool?: PoolShare | undefined },
): Promise<void> {
  const lot = books.lot(lotId);
  if (!pool || !lot || poolMemberOf(books, memberId)?.poolId !== pool.poolId) return;
  const points = Math.min(pool.points, books.amount(lotId, "POOL"));
  if (points === 0) return;
  const newLot = { ...termsOf(lot), lotId: newId(machine) };
  await own.write(poolContribute, { by: headOfficeItself, d: { poolId: pool.poolId, memberId, lotId, points, newLot } });
}

/** The share that an approved proposal gives; of a rejected one there is no lot. */
export async function contributeApproved(work: Work, proposalId: string): Promise<void> {
  const record = work.books.records.find("proposal", proposalId);
  if (record) await contribute(work, proposalId, proposalRecord.parse(record.doc));
}

/** Points of a purchase that lie in the pool at head office, as lines of it. @param points at most so many */
export function contributedOf({ books }: Pick<Work, "books">, awardOpId: string, poolId: string, points: number): readonly LotLine[] {
  let left = points;
  return books.lotsOf(poolId).flatMap(({ lotId, causeOpId }) => {
    const taken = causeOpId === awardOpId ? Math.min(left, books.amount(lotId, "POOL")) : 0;
    left -= taken;
    return taken > 0 ? [{ lotId, points: taken }] : [];
  });
}

/** Of a purchase that is undone. @returns how many points the pool gave back */
export async function reverseContribution(work: Work, awardOpId: string, memberId: string, points: number): Promise<number> {
  const member = poolMemberOf(work.books, memberId);
  let taken = 0;
  for (const poolId of [member?.poolId ?? [], member?.left ?? []].flat()) {
    const lines = contributedOf(work, awardOpId, poolId, points - taken);
    if (lines.length === 0) continue;
    await work.own.write(poolReverse, { by: headOfficeItself, d: { poolId, memberId, awardOpId, lines: [...lines] } });
    taken += lines.reduce((sum, line) => sum + line.points, 0);
  }
  return taken;
}

/** Whoever left takes what lies at head office of the own contributions, whenever it comes to lie there. @returns who took something */
export async function handOutToLeavers(work: Work): Promise<readonly string[]> {
  const { books, own, machine, memberIds } = work;
  // Asked after every operation, and of the many members held almost never is one a pool.
  if (books.records.ofKind("pool").length === 0) return [];
  const takers: string[] = [];
  for (const pool of memberIds.flatMap((id) => findPool(work, id) ?? [])) {
    const leavers = new Set(pool.leavers);
    const owed = books
      .lotsOf(pool.poolId)
      .filter(({ lotId, contributor = "" }) => leavers.has(contributor) && books.amount(lotId, "POOL") > 0);
    for (const [memberId, lots] of Map.groupBy(owed, ({ contributor = "" }) => contributor)) {
      const lines = lots.map((lot) => ({
        lotId: lot.lotId,
        points: books.amount(lot.lotId, "POOL"),
        newLot: { ...termsOf(lot), lotId: newId(machine) },
      }));
      await own.write(poolHandOut, { by: headOfficeItself, d: { poolId: pool.poolId, memberId, lines } });
      takers.push(memberId);
    }
  }
  return takers;
}

const termsOf = ({ ruleId, ruleVersion, earnedOn, expiresOn, causeOpId }: Lot) => ({ ruleId, ruleVersion, earnedOn, expiresOn, causeOpId });

/**
 * Asks every counter that may spend of the pool to hand it all back, so that a leaver's part comes to lie at head office. What the others
 * gave is granted to the same counter again.
 */
export async function recallAllOf({ books, own, tx }: Work, poolId: string): Promise<void> {
  const rights = new Map<string, number>();
  for (const { lotId } of books.lotsOf(poolId)) {
    for (const [holder, points] of books.holdersOf(lotId)) {
      const life = lifeOfHolder(holder);
      if (life !== undefined && holder === rightOf(life) && points > 0) rights.set(life, (rights.get(life) ?? 0) + points);
    }
  }
  for (const { replica, branchId, incarnation, state } of await tx.stations.placed({ branchIds: [], incarnations: [...rights.keys()] })) {
    const points = rights.get(incarnation) ?? 0;
    if (state !== "active" || points === 0) continue;
    const d = { memberId: poolId, replica, branchId, wantedBy: { replica, incarnation }, points };
    await own.write(rightsRecall, { by: headOfficeItself, d });
  }
}

/** Makes the figures of the pools that a transaction holds anew. */
export function renderPools({ books, memberIds }: Work, placed: readonly PlacedIncarnation[]): void {
  const branchOf = new Map(placed.map(({ incarnation, branchId }) => [incarnation, branchId]));
  for (const pool of memberIds.flatMap((id) => findPool({ books }, id) ?? [])) {
    const leavers = new Set(pool.leavers);
    let balance = 0;
    const owed: PoolFigures["owed"] = [];
    for (const { lotId, contributor = "" } of books.lotsOf(pool.poolId)) {
      for (const [holder, points] of books.holdersOf(lotId)) {
        if (!isUnspent(holder) || points === 0) continue;
        const branchId = branchOf.get(lifeOfHolder(holder) ?? "") ?? "";
        const same = owed.find((each) => each.memberId === contributor && each.branchId === branchId);
        if (!leavers.has(contributor)) balance += points;
        else if (same) same.points += points;
        else owed.push({ memberId: contributor, branchId, points });
      }
    }
    books.records.replace({ kind: "poolFigures", id: pool.poolId }, { poolId: pool.poolId, balance, owed } satisfies PoolFigures);
  }
}
