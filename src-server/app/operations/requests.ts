import type { RecordKey } from "#server/app/ports/record-store.ts";
import type { Transaction } from "#server/app/ports/store.ts";
import { pointsAward, type AwardData } from "#shared/domain/earning/ops.ts";
import type { BenefitUse } from "#shared/domain/benefits/use.ts";
import { spendEarliestExpiryFirst, sumPoints, type LotLine } from "#shared/domain/ledger/lots.ts";
import { dataOf } from "#shared/domain/operations/declare.ts";
import { memberIdOf, ownersOf } from "#shared/domain/operations/effects-of.ts";
import type { Operation } from "#shared/domain/operations/operation.ts";
import { readBytes } from "#shared/domain/operations/read-bytes.ts";
import { readSlip, slipOf, writeSlip } from "#shared/domain/operations/slip-number.ts";
import { redemptionOf } from "#shared/domain/redemption/hold-ops.ts";
import { pointsRefund, refundRequest, requestRefuse, requestRoute, voidRequest } from "#shared/domain/requests/ops.ts";
import {
  pointsToReverse,
  requestRecord,
  sameGoodsAs,
  type CountedRefund,
  type RequestCode,
  type RequestRecord,
} from "#shared/domain/requests/request.ts";
import { businessDayStartMs } from "#shared/domain/time/business-date.ts";
import { dayNumberOf } from "#shared/domain/time/calendar.ts";
import { hadEffect, type Outcome } from "#shared/domain/verdicts/verdict.ts";
import { headOfficeItself } from "./own-operations.ts";
import { contributedOf } from "./pools.ts";
import { refundsOf } from "./refunds.ts";
import { isOfEndedLife, lotsSpentBy, possibleLossesOf, undoInPlaceOf } from "./undo-in-place.ts";
import type { ReadOperation } from "./read-operation.ts";
import type { Work } from "./work.ts";

/** What a batch needs to know of requests: the ones in it, the ones that wait for what is in it, and the entries that they are about. */
export type RequestFacts = {
  readonly records: readonly RecordKey[];
  readonly memberIds: readonly string[];
  /** The entries that requests are about, as far as they were received before. */
  readonly entries: readonly string[];
  /** The lots that those entries spent from. */
  readonly lotIds: readonly string[];
  readonly entryOf: ReadonlyMap<string, string>;
};

/** Looks for what requests are about, before anything is locked: the members of old entries have to be held with the others. */
export async function gatherRequests(tx: Transaction, replica: number, read: readonly ReadOperation[]): Promise<RequestFacts> {
  const operations = read.flatMap(({ content }) => (content.ok ? content.value.operation : []));
  const awards = operations.flatMap((op) => dataOf(op, pointsAward) ?? []);
  const hasEntries = operations.some((op) => op.type === pointsAward.type || redemptionOf(op) !== undefined);
  const hasRequests = operations.some(({ type }) => type === refundRequest.type || type === voidRequest.type);
  if (hasRequests) await tx.records.takeTurn("requests");
  else if (hasEntries) await tx.records.takeTurn("entries");
  const waiting = hasEntries
    ? await tx.records.openRequests({ receiptNumbers: awards.map(({ purchase }) => purchase.receiptNumber), replica })
    : [];
  const asked = waiting.map(({ doc }) => requestRecord.parse(doc));
  const receiptNumbers = [
    ...operations.flatMap((op) => dataOf(op, refundRequest)?.receiptNumber ?? []),
    ...asked.flatMap(({ kind, reference }) => (kind === "refund" ? reference : [])),
  ];
  const slips = [
    ...operations.flatMap((op) => dataOf(op, voidRequest)?.slip ?? []),
    ...asked.flatMap(({ kind, reference }) => (kind === "void" ? (readSlip(reference) ?? []) : [])),
  ];
  if (receiptNumbers.length === 0 && slips.length === 0) return { records: [], memberIds: [], entries: [], lotIds: [], entryOf: new Map() };

  const byReceipt = await tx.ledger.awardsOf(receiptNumbers);
  const numbered = await tx.inbox.numbered(slips);
  const awardIds = [...byReceipt.values()].map(({ opId }) => opId);
  const heard = [...numbered, ...(await tx.inbox.find(awardIds))];
  const entries = heard.flatMap((stored) => {
    const entry = readBytes(stored, stored);
    return entry.ok ? entry.value : [];
  });
  return {
    records: [
      ...asked.map(({ requestId }): RecordKey => ({ kind: "request", id: requestId })),
      ...heard.map(({ opId }): RecordKey => ({ kind: "refund", id: opId })),
      ...entries.flatMap(possibleLossesOf).map((id): RecordKey => ({ kind: "loss", id })),
    ],
    memberIds: entries.flatMap(ownersOf),
    entries: heard.map(({ opId }) => opId),
    lotIds: entries.flatMap(lotsSpentBy),
    entryOf: new Map([
      ...[...byReceipt].map(([receiptNumber, { opId }]) => [receiptNumber, opId] as const),
      ...numbered.map((op) => [writeSlip(slipOf(op)), op.opId] as const),
    ]),
  };
}

type Earlier = (opId: string) => { readonly operation: Operation; readonly outcome: Outcome } | undefined;

/**
 * Does what can be done about every request that waits for its entry, in the order in which they were asked; one whose entry is not here yet
 * goes on waiting.
 *
 * @returns refunds that look like goods which another counter had taken back: a person shall compare the two
 */
export async function settleRequests(
  work: Work,
  { entryOf }: RequestFacts,
  read: readonly ReadOperation[],
  earlier: Earlier,
): Promise<readonly string[]> {
  const inBatch = new Map(
    read.flatMap(({ received, content }) => {
      if (!content.ok) return [];
      const award = dataOf(content.value.operation, pointsAward);
      const names = [writeSlip(slipOf(received)), ...(award ? [award.purchase.receiptNumber] : [])];
      return names.map((name) => [name, received.opId] as const);
    }),
  );
  const requests = work.books.records.ofKind("request").map(({ doc }) => requestRecord.parse(doc));
  const open = requests.filter(({ state }) => state === "open").toSorted(byAsking);
  for (const request of open) {
    const opId = entryOf.get(request.reference) ?? inBatch.get(request.reference);
    const entry = opId === undefined ? undefined : earlier(opId);
    if (!entry || !hadEffect(entry.outcome)) continue;
    if (request.kind === "void") await routeVoid(work, request, entry.operation);
    else await refund(work, request, entry.operation);
  }
  const isDoubled = ({ requestId }: RequestRecord): boolean =>
    work.books.records.find("request", requestId)?.doc["code"] === ("REFUNDED_TWICE" satisfies RequestCode);
  return open.filter((request) => request.kind === "refund" && isDoubled(request)).map(({ requestId }) => requestId);
}

const byAsking = (a: RequestRecord, b: RequestRecord): number => a.askedAtMs - b.askedAtMs || (a.requestId < b.requestId ? -1 : 1);

const refuse = async ({ own }: Work, request: RequestRecord, entry: Operation, code: RequestCode): Promise<void> => {
  const memberId = request.memberId ?? memberIdOf(entry);
  const d = { requestId: request.requestId, code, ...(memberId !== null && { memberId }) };
  await own.write(requestRefuse, { by: headOfficeItself, d });
};

/** One undo: only the life that wrote an entry undoes it, so it is asked; in the place of one that goes on no more head office does. */
async function routeVoid(work: Work, request: RequestRecord, entry: Operation): Promise<void> {
  const memberId = memberIdOf(entry);
  const isVoidable = redemptionOf(entry) !== undefined || dataOf(entry, pointsAward)?.outcome.kind === "lot";
  const isMeant = request.memberId === null || request.memberId === memberId;
  if (memberId === null || !isVoidable || !isMeant) return refuse(work, request, entry, "NOT_VOIDABLE");
  if (work.books.isUndone(entry.opId)) return refuse(work, request, entry, "ALREADY_VOIDED");
  // What a refund gave back to a campaign's budget, a void would give back a second time.
  const isOfCampaign = dataOf(entry, pointsAward)?.budget !== undefined;
  if (isOfCampaign && refundsOf(work.books, entry.opId).refundedFen > 0) return refuse(work, request, entry, "REFUNDED_BEFORE");
  if (await isOfEndedLife(work, entry)) return undoInPlaceOf(work, request, entry);
  const { requestId } = request;
  await work.own.write(requestRoute, { by: headOfficeItself, d: { requestId, opId: entry.opId, origin: entry.replica, memberId } });
}

async function refund(work: Work, asked: RequestRecord, entry: Operation): Promise<void> {
  const { requestId, replica, refundFen } = asked;
  const award = dataOf(entry, pointsAward);
  if (!award || refundFen === null) return;
  const request = { requestId, replica, refundFen };
  const { counted } = refundsOf(work.books, entry.opId);
  const isDoubled = sameGoodsAs(counted, request, award.purchase.amountFen) !== undefined;
  const code = isDoubled ? "REFUNDED_TWICE" : await countRefund(work, request, entry, headOfficeItself);
  if (code) await refuse(work, asked, entry, code);
}

/**
 * Takes back what goods earned that came back, whether or not as much came back at another counter before.
 *
 * @param by staff id of whoever decided that it counts, or head office itself
 * @returns why nothing can be taken back; undefined when it is done
 */
export async function countRefund(work: Work, request: CountedRefund, entry: Operation, by: string): Promise<RequestCode | undefined> {
  const award = dataOf(entry, pointsAward);
  if (!award) return "NOTHING_EARNED";
  const { books, own, today } = work;
  const { requestId, refundFen } = request;
  const before = refundsOf(books, entry.opId);
  const refundedFen = before.refundedFen + refundFen;
  const code = refundRefusal(work, entry.opId, award, refundedFen);
  if (code) return code;

  const earned = { points: award.points, amountFen: award.purchase.amountFen };
  const points = pointsToReverse(earned, before.refundedFen, before.reversedPoints, refundFen);
  const { memberId } = award;
  const shared = sharedLines(work, entry.opId, award, points);
  const fromMember = points - sumPoints(shared);
  const fromOwnLot = Math.min(fromMember, books.amount(entry.opId, "POOL"));
  const others = books.held(memberId, "POOL").filter(({ lotId }) => lotId !== entry.opId);
  const lines = [
    ...shared,
    ...(fromOwnLot > 0 ? [{ lotId: entry.opId, points: fromOwnLot }] : []),
    ...spendEarliestExpiryFirst(others, fromMember - fromOwnLot, today).lines,
  ];
  await own.write(pointsRefund, {
    by,
    d: {
      requestId,
      awardId: entry.opId,
      memberId,
      refundedFen,
      reversedPoints: before.reversedPoints + points,
      points,
      lines: [...lines],
      asDebt: points - sumPoints(lines),
      counted: [...before.counted, request],
      ...(await budgetBack(work, entry, award, { from: before.reversedPoints, points })),
    },
  });
  return undefined;
}

/** What a refund takes back from the pool: the part of the points that the purchase had given to it, as far as it is there. */
function sharedLines(work: Work, awardId: string, { pool, points: earned }: AwardData, points: number): readonly LotLine[] {
  if (!pool) return [];
  const lines = contributedOf(work, awardId, pool.poolId, Math.floor((points * pool.points) / earned));
  return lines.map((line) => ({ ...line, ownerId: pool.poolId }));
}

/**
 * What a refund gives back to the budget that the purchase was given from: its own part, once nobody can void the purchase any more, which
 * would give back all of it. That is when its counter was heard past the day, and was not asked to undo it.
 */
async function budgetBack(
  { tx }: Work,
  { replica, incarnation, opId }: Operation,
  { budget, earnedOn }: AwardData,
  { from, points }: { readonly from: number; readonly points: number },
): Promise<{ readonly budget?: BenefitUse }> {
  if (!budget || points === 0) return {};
  const lives = await tx.stations.lives(replica);
  const goesOn = lives.some((life) => life.incarnation === incarnation && life.state === "active");
  const heardThroughMs = (await tx.lapses.liveStations()).find((station) => station.replica === replica)?.heardThroughMs ?? 0;
  const isDayOver = heardThroughMs >= businessDayStartMs(dayNumberOf(earnedOn) + 1);
  const isAsked = (await tx.records.sentRequests(replica)).some(({ doc }) => doc["opId"] === opId);
  if (!goesOn || !isDayOver || isAsked) return {};
  return { budget: { itemId: budget.itemId, lines: partOf(budget.lines, from, points) } };
}

/** So many points of these lines, behind so many. */
function partOf(lines: readonly LotLine[], from: number, points: number): LotLine[] {
  let before = 0;
  return lines.flatMap(({ lotId, points: all }) => {
    const first = Math.max(before, from);
    before += all;
    const part = Math.min(before, from + points) - first;
    return part > 0 ? [{ lotId, points: part }] : [];
  });
}

/** Never more than was paid, and never beside another undoing of the same purchase. */
function refundRefusal({ books }: Work, awardId: string, award: AwardData, refundedFen: number): RequestCode | undefined {
  if (books.isUndone(awardId)) return "ALREADY_VOIDED";
  if (refundedFen > award.purchase.amountFen) return "MORE_THAN_PAID";
  if (award.outcome.kind === "lot") return undefined;
  const state = books.records.find("proposal", awardId)?.doc["state"];
  if (state === "open") return "PROPOSAL_OPEN";
  return state === "approved" ? undefined : "NOTHING_EARNED";
}
