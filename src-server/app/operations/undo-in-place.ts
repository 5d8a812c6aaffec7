import type { RecordKey } from "#server/app/ports/record-store.ts";
import type { Incarnation } from "#server/app/ports/station-store.ts";
import type { Transaction } from "#server/app/ports/store.ts";
import { pointsAward, type AwardData } from "#shared/domain/earning/ops.ts";
import { lossRecord } from "#shared/domain/ledger/fence-ops.ts";
import { limboOf, sumPoints, type LotLine } from "#shared/domain/ledger/lots.ts";
import { dataOf } from "#shared/domain/operations/declare.ts";
import { ownersOf } from "#shared/domain/operations/effects-of.ts";
import { readBytes } from "#shared/domain/operations/read-bytes.ts";
import type { Operation } from "#shared/domain/operations/operation.ts";
import { pointsConfirm, redemptionOf } from "#shared/domain/redemption/hold-ops.ts";
import { requestRefuse } from "#shared/domain/requests/ops.ts";
import { requestRecord, type RequestCode, type RequestRecord } from "#shared/domain/requests/request.ts";
import { pointsUndoAward, pointsUndoRedeem } from "#shared/domain/requests/undo-ops.ts";
import { repayFromPool } from "./follow-ups.ts";
import { hasEnded } from "./late-operations.ts";
import { headOfficeItself } from "./own-operations.ts";
import { reverseContribution } from "./pools.ts";
import { reversedByRefunds } from "./refunds.ts";
import { takeBackDifference } from "./rule-differences.ts";
import type { Work } from "./work.ts";

/** Whether nobody but head office can undo what this life wrote: it was taken for dead, or another one has followed it. */
export async function isOfEndedLife({ tx }: Pick<Work, "tx">, { replica, incarnation }: Operation): Promise<boolean> {
  const life = (await tx.stations.lives(replica)).find((each) => each.incarnation === incarnation);
  return life !== undefined && hasEnded(life);
}

/** Records of what a redemption may have cost the company: they are named after it, or after the hold that it came about by. */
export const possibleLossesOf = (entry: Operation): readonly string[] => [
  entry.opId,
  ...[dataOf(entry, pointsConfirm)?.holdId].flatMap((holdId) => holdId ?? []),
];

type Asked = { readonly request: RequestRecord; readonly entry: Operation };

/** What a life was asked to undo and has not answered. */
export async function askedOfLife(tx: Transaction, life: Pick<Incarnation, "replica" | "incarnation">): Promise<readonly Asked[]> {
  const requests = (await tx.records.sentRequests(life.replica)).map(({ doc }) => requestRecord.parse(doc));
  const heard = await tx.inbox.find(requests.flatMap(({ opId }) => opId ?? []));
  const entries = new Map(
    heard.flatMap((stored) => {
      const entry = readBytes(stored, stored);
      return entry.ok && stored.incarnation === life.incarnation ? [[stored.opId, entry.value] as const] : [];
    }),
  );
  return requests.flatMap((request) => {
    const entry = entries.get(request.opId ?? "");
    return entry ? [{ request, entry }] : [];
  });
}

/** All that undoing these may touch. */
export const subjectsOfAsked = (asked: readonly Asked[]) => ({
  memberIds: asked.flatMap(({ entry }) => ownersOf(entry)),
  lotIds: asked.flatMap(({ entry }) => [entry.opId, ...lotsSpentBy(entry)]),
  undone: asked.map(({ entry }) => entry.opId),
  records: asked.flatMap(({ request, entry }): RecordKey[] => [
    { kind: "request", id: request.requestId },
    { kind: "refund", id: entry.opId },
    ...possibleLossesOf(entry).map((id): RecordKey => ({ kind: "loss", id })),
  ]),
});

/** The lots that an entry took from: of the member, or of a campaign's budget. */
export const lotsSpentBy = (entry: Operation): readonly string[] =>
  (redemptionOf(entry)?.lines ?? dataOf(entry, pointsAward)?.budget?.lines ?? []).map(({ lotId }) => lotId);

/**
 * Undoes an entry of an ended life because another counter asked for it. The life itself may have undone it unheard: an entry is undone at
 * most once, so whichever is booked second has no effect.
 */
export async function undoInPlaceOf(work: Work, request: Pick<RequestRecord, "requestId">, entry: Operation): Promise<void> {
  const { requestId } = request;
  if (work.books.isUndone(entry.opId)) {
    await work.own.write(requestRefuse, { by: headOfficeItself, d: { requestId, code: "ALREADY_VOIDED" satisfies RequestCode } });
    return;
  }
  const redeemed = redemptionOf(entry);
  const award = dataOf(entry, pointsAward);
  if (redeemed) await undoRedemption(work, request, entry, redeemed);
  else if (award) await undoAward(work, request, entry, award);
  const memberId = (redeemed ?? award)?.memberId;
  if (memberId !== undefined) await repayFromPool(work, memberId);
}

async function undoRedemption(
  { books, own }: Work,
  { requestId }: Pick<RequestRecord, "requestId">,
  entry: Operation,
  { memberId, lines }: { readonly memberId: string; readonly lines: readonly LotLine[] },
): Promise<void> {
  const losses = possibleLossesOf(entry).flatMap((id) => {
    const record = books.records.find("loss", id);
    return record ? [{ id, points: lossRecord.parse(record.doc).points }] : [];
  });
  let left = losses.reduce((sum, { points }) => sum + points, 0);
  const paidByCompany: LotLine[] = [];
  const toMember: LotLine[] = [];
  for (const line of lines) {
    const paid = Math.min(left, line.points);
    left -= paid;
    if (paid > 0) paidByCompany.push({ ...line, points: paid });
    if (line.points > paid) toMember.push({ ...line, points: line.points - paid });
  }
  await own.write(pointsUndoRedeem, {
    by: headOfficeItself,
    d: { requestId, undoes: entry.opId, memberId, lines: toMember, paidByCompany, losses: losses.map(({ id }) => id) },
  });
}

async function undoAward(
  work: Work,
  { requestId }: Pick<RequestRecord, "requestId">,
  { opId, incarnation }: Operation,
  { memberId, points, budget }: Pick<AwardData, "memberId" | "points" | "budget">,
): Promise<void> {
  const { books, own } = work;
  // What came back in goods before was taken back with them.
  const owed = points - reversedByRefunds(books, opId);
  const fromLimbo = Math.min(owed, books.amount(opId, limboOf(incarnation)));
  const shared = await reverseContribution(work, opId, memberId, owed - fromLimbo);
  const fromPool = Math.min(owed - fromLimbo - shared, books.amount(opId, "POOL"));
  const { opId: undoneBy } = await own.write(pointsUndoAward, {
    by: headOfficeItself,
    d: {
      requestId,
      undoes: opId,
      memberId,
      incarnation,
      fromLimbo,
      fromPool,
      asDebt: owed - fromLimbo - shared - fromPool,
      ...(budget && { budget: { itemId: budget.itemId, lines: withoutLast(budget.lines, lossOf(books, opId)) } }),
    },
  });
  await takeBackDifference(work, undoneBy, { undoes: opId, memberId });
}

/** What the company had paid beyond the budget is no part of it. */
function lossOf({ records }: Work["books"], lateOpId: string): number {
  const record = records.find("loss", lateOpId);
  return record ? lossRecord.parse(record.doc).points : 0;
}

function withoutLast(lines: readonly LotLine[], points: number): LotLine[] {
  let left = sumPoints(lines) - points;
  return lines.flatMap(({ lotId, points: used }) => {
    const kept = Math.min(Math.max(0, left), used);
    left -= kept;
    return kept > 0 ? [{ lotId, points: kept }] : [];
  });
}
