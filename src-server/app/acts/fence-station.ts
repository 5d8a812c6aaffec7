import { finishWork } from "#server/app/operations/finish-work.ts";
import { repayFromPool } from "#server/app/operations/follow-ups.ts";
import { headOfficeItself } from "#server/app/operations/own-operations.ts";
import { hasEnded } from "#server/app/operations/late-operations.ts";
import { askedOfLife, subjectsOfAsked, undoInPlaceOf } from "#server/app/operations/undo-in-place.ts";
import { openWork } from "#server/app/operations/work.ts";
import type { AccountOfLife } from "#server/app/ports/ledger-store.ts";
import type { RecordKey } from "#server/app/ports/record-store.ts";
import type { Transaction } from "#server/app/ports/store.ts";
import type { fenceStationAct, giveBackAct, PointsOfMembers } from "#shared/contracts/acts/stations.ts";
import { proposalTakeOver } from "#shared/domain/earning/proposal-ops.ts";
import { proposalRecord } from "#shared/domain/earning/proposal.ts";
import { rightsFence, rightsGiveBack, stationFence, stationGiveBack } from "#shared/domain/ledger/fence-ops.ts";
import { recallRecord } from "#shared/domain/ledger/recall.ts";
import { heldOf, limboOf, rightOf, type Holder } from "#shared/domain/ledger/lots.ts";
import { holdRecord } from "#shared/domain/redemption/hold.ts";
import { err, ok } from "#shared/std/result.ts";
import type { ActHandler } from "./act-handler.ts";

/** Sets aside what a station may spend. Its row is held first, so that no operation of it is received in between. */
export const fenceStation: ActHandler<typeof fenceStationAct> = async ({ ports: { machine, identity }, tx, by }, input) => {
  const { requestId, replica, shown } = input;
  const station = await tx.stations.find(replica);
  if (!station) return err({ code: "STATION_NOT_FOUND" });
  const current = (await tx.stations.lives(replica)).findLast(({ state }) => state === "active" || state === "suspended");
  const life = current && (await tx.stations.lock(replica, current.incarnation));
  if (!life || (life.state !== "active" && life.state !== "suspended")) return err({ code: "STATION_HAS_ENDED" });
  const { incarnation } = life;
  const accounts = await tx.ledger.heldBy([rightOf(incarnation), heldOf(incarnation)]);
  const worst = pointsOfMembers(accounts);
  if (!isSame(worst, shown)) return err({ code: "WORST_CASE_CHANGED", ...worst });

  const proposals = (await tx.records.proposalsHeldBy(incarnation)).map(({ doc }) => proposalRecord.parse(doc));
  const memberIds = [...accounts, ...proposals].map(({ memberId }) => memberId);
  const recalls = (await tx.records.openRecalls(memberIds))
    .map(({ doc }) => recallRecord.parse(doc))
    .filter((recall) => recall.replica === replica);
  const records = [
    ...proposals.map(({ proposalId }): RecordKey => ({ kind: "proposal", id: proposalId })),
    ...recalls.map(({ recallId }): RecordKey => ({ kind: "recall", id: recallId })),
  ];
  const asked = await askedOfLife(tx, life);
  const undoing = subjectsOfAsked(asked);
  await tx.stations.save({ ...life, state: "fenced", claim: null });
  const work = await openWork(tx, machine, identity, {
    ...undoing,
    memberIds: [...memberIds, ...undoing.memberIds],
    records: [...records, ...undoing.records],
  });
  await work.own.write(stationFence, { opId: requestId, by: by.staffId, d: { replica, incarnation, ...worst } });
  for (const [memberId, held] of byMember(accounts)) {
    const unanswered = recalls.filter((recall) => recall.memberId === memberId).map(({ recallId }) => recallId);
    const d = { incarnation, memberId, rights: linesOf(held, rightOf(incarnation)), held: linesOf(held, heldOf(incarnation)) };
    await work.own.write(rightsFence, { by: headOfficeItself, d: { ...d, ...(unanswered.length > 0 && { recalls: unanswered }) } });
  }
  for (const { proposalId, memberId } of proposals)
    await work.own.write(proposalTakeOver, { by: headOfficeItself, d: { proposalId, memberId } });
  // What other counters had asked it to undo, nobody else can undo any more.
  for (const { request, entry } of asked) await undoInPlaceOf(work, request, entry);
  await finishWork(work);
  return ok({ ...worst, incarnation, proposals: proposals.length });
};

/** Gives back what was set aside; a member in debt repays first, and the rest is placed where the members are served. */
export const giveBack: ActHandler<typeof giveBackAct> = async ({ ports: { machine, identity }, tx, by }, input) => {
  const { requestId, replica, incarnation, shown } = input;
  const station = await tx.stations.find(replica);
  const life = await tx.stations.lock(replica, incarnation);
  if (!life || !hasEnded(life)) return err({ code: life ? "NOTHING_SET_ASIDE" : "STATION_NOT_FOUND" });
  const accounts = await setAsideOf(tx, incarnation);
  const given = pointsOfMembers(accounts);
  if (accounts.length === 0) return err({ code: "NOTHING_SET_ASIDE" });
  if (!isSame(given, shown)) return err({ code: "WORST_CASE_CHANGED", ...given });

  const holds = (await tx.records.holdsOf(incarnation)).map(({ doc }) => holdRecord.parse(doc));
  const records = holds.map(({ holdId }): RecordKey => ({ kind: "hold", id: holdId }));
  const memberIds = [...accounts, ...holds].map(({ memberId }) => memberId);
  const work = await openWork(tx, machine, identity, { memberIds, records });
  await work.own.write(stationGiveBack, { opId: requestId, by: by.staffId, d: { replica, incarnation, ...given } });
  for (const [memberId, held] of byMember(accounts)) {
    const limbo = linesOf(held, limboOf(incarnation));
    const under = holds.filter((hold) => hold.memberId === memberId).map(({ holdId }) => holdId);
    const d = { incarnation, memberId, limbo, rights: linesOf(held, rightOf(incarnation)), held: linesOf(held, heldOf(incarnation)) };
    await work.own.write(rightsGiveBack, { by: headOfficeItself, d: { ...d, ...(under.length > 0 && { holds: under }) } });
    await repayFromPool(work, memberId);
  }
  // Its branch has the holds on a list of what waits for a word.
  await finishWork(work, station && { branchId: station.branchId, touched: records, visits: new Map() });
  return ok(given);
};

/** What was set aside with the fence, and what came to the life with operations that it had written before it knew. */
const setAsideOf = (tx: Transaction, incarnation: string): Promise<readonly AccountOfLife[]> =>
  tx.ledger.heldBy([limboOf(incarnation), rightOf(incarnation), heldOf(incarnation)]);

/** Shares of limited benefits go the same way, and are no points of anybody yet. */
function pointsOfMembers(accounts: readonly AccountOfLife[]): PointsOfMembers {
  const points = accounts.filter(({ kind }) => kind === "points");
  const budget = sumOf(accounts.filter(({ kind }) => kind === "benefit"));
  return { points: sumOf(points), members: new Set(points.map(({ memberId }) => memberId)).size, ...(budget > 0 && { budget }) };
}

const sumOf = (accounts: readonly AccountOfLife[]): number => accounts.reduce((sum, { amount }) => sum + amount, 0);

const isSame = (a: PointsOfMembers, b: PointsOfMembers): boolean =>
  a.points === b.points && a.members === b.members && a.budget === b.budget;

const byMember = (accounts: readonly AccountOfLife[]): ReadonlyMap<string, readonly AccountOfLife[]> =>
  Map.groupBy(accounts, ({ memberId }) => memberId);

const linesOf = (accounts: readonly AccountOfLife[], of: Holder): { lotId: string; points: number }[] =>
  accounts.flatMap(({ lotId, holder, amount }) => (holder === of ? [{ lotId, points: amount }] : []));
