import type { Station } from "#server/app/ports/station-store.ts";
import { lifeOfHolder, rightOf, spendEarliestExpiryFirst, sumPoints } from "#shared/domain/ledger/lots.ts";
import { rightsRecall, rightsRelease } from "#shared/domain/ledger/ops.ts";
import { recallRecord, type RecallRecord } from "#shared/domain/ledger/recall.ts";
import { dataOf } from "#shared/domain/operations/declare.ts";
import type { Operation } from "#shared/domain/operations/operation.ts";
import type { Books } from "./books.ts";
import { mayHoldRights, writeGrants, type WantedGrant, type WrittenGrant } from "./follow-ups.ts";
import type { JudgedRead } from "./judge-in-order.ts";
import { headOfficeItself } from "./own-operations.ts";
import type { Work } from "./work.ts";

type Wanting = RecallRecord["wantedBy"] & Pick<Station, "replica">;

/** What others are asked to hand back of the member's rights for one life. */
export async function openRecallsFor({ tx }: Pick<Work, "tx">, memberId: string, wantedBy: Wanting): Promise<readonly RecallRecord[]> {
  const open = (await tx.records.openRecalls([memberId])).map(({ doc }) => recallRecord.parse(doc));
  return open.filter((recall) => recall.wantedBy.incarnation === wantedBy.incarnation);
}

/**
 * Asks other stations to hand back what one of them wants and the pool does not have: whoever holds most first, and nobody for what was
 * asked of them before.
 *
 * @param missing points; what is on its way already counts
 * @returns points that are recalled for this life and not answered
 */
export async function recallRights(work: Work, memberId: string, wantedBy: Wanting, missing: number): Promise<number> {
  const { books, own, tx } = work;
  const open = (await tx.records.openRecalls([memberId])).map(({ doc }) => recallRecord.parse(doc));
  const underWay = sumPoints(open.filter((recall) => recall.wantedBy.incarnation === wantedBy.incarnation));
  const rights = rightsByLife(books, memberId);
  const holders = (await tx.stations.placed({ branchIds: [], incarnations: [...rights.keys()] }))
    .filter(({ incarnation, state }) => incarnation !== wantedBy.incarnation && state === "active")
    .map((life) => {
      const asked = sumPoints(open.filter((recall) => recall.replica === life.replica));
      return { ...life, points: Math.max(0, (rights.get(life.incarnation) ?? 0) - asked) };
    })
    .toSorted((a, b) => b.points - a.points || a.replica - b.replica);

  let left = Math.max(0, missing - underWay);
  let recalled = underWay;
  for (const { replica, branchId, points } of holders) {
    const asked = Math.min(left, points);
    if (asked === 0) continue;
    await own.write(rightsRecall, { by: headOfficeItself, d: { memberId, replica, branchId, wantedBy, points: asked } });
    left -= asked;
    recalled += asked;
  }
  return recalled;
}

function rightsByLife(books: Pick<Books, "lotsOf" | "holdersOf">, memberId: string): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { lotId } of books.lotsOf(memberId)) {
    for (const [holder, points] of books.holdersOf(lotId)) {
      const life = lifeOfHolder(holder);
      if (life !== undefined && holder === rightOf(life)) sums.set(life, (sums.get(life) ?? 0) + points);
    }
  }
  return sums;
}

/** A release that answers what its station was not asked. */
export function answersNoRecall(operation: Operation, { records }: Pick<Books, "records">): boolean {
  const released = dataOf(operation, rightsRelease);
  if (released?.recallId === undefined) return false;
  const record = records.find("recall", released.recallId);
  const recall = record && recallRecord.parse(record.doc);
  return recall?.replica !== operation.replica || recall.memberId !== released.memberId;
}

/** Passes on what came back to whoever it was recalled for, before it is placed where the member is served most. */
export async function grantRecalled(work: Work, judged: readonly JudgedRead[]): Promise<readonly WrittenGrant[]> {
  const recalls = judged.flatMap(({ op: { content }, verdict }) => {
    const released =
      content.ok && (verdict === "applied" || verdict === "flagged") ? dataOf(content.value.operation, rightsRelease) : undefined;
    const record = released?.recallId === undefined ? undefined : work.books.records.find("recall", released.recallId);
    return record ? [recallRecord.parse(record.doc)] : [];
  });
  if (recalls.length === 0) return [];
  const placed = await work.tx.stations.placed({ branchIds: [], incarnations: recalls.map(({ wantedBy }) => wantedBy.incarnation) });
  const trusted = new Set(placed.filter(mayHoldRights).map(({ incarnation }) => incarnation));
  const left = new Map<string, ReturnType<Books["held"]>>();
  const wanted = recalls.flatMap(({ memberId, wantedBy: { incarnation }, released }): WantedGrant[] => {
    if (!trusted.has(incarnation)) return [];
    const pool = left.get(memberId) ?? work.books.held(memberId, "POOL");
    const { lines } = spendEarliestExpiryFirst(pool, released, work.today);
    const taken = new Map(lines.map(({ lotId, points }) => [lotId, points]));
    left.set(
      memberId,
      pool.map((lot) => ({ ...lot, points: lot.points - (taken.get(lot.lotId) ?? 0) })),
    );
    return lines.length > 0 ? [{ memberId, incarnation, lines }] : [];
  });
  return writeGrants(work, wanted, placed);
}
