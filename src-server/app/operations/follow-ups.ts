import type { PlacedIncarnation } from "#server/app/ports/station-store.ts";
import type { Visits } from "#server/app/ports/ledger-store.ts";
import { pointsAward, pointsRepay, pointsReverseRest, pointsVoidAward, type VoidAwardData } from "#shared/domain/earning/ops.ts";
import { proposalDecideHere } from "#shared/domain/earning/proposal-ops.ts";
import { rightsGrant } from "#shared/domain/ledger/ops.ts";
import { rightOf, spendEarliestExpiryFirst, sumPoints, type LotLine } from "#shared/domain/ledger/lots.ts";
import { dataOf } from "#shared/domain/operations/declare.ts";
import type { Operation } from "#shared/domain/operations/operation.ts";
import { isRecovering } from "#server/app/recovery/is-recovering.ts";
import { headOfficeItself } from "./own-operations.ts";
import { proposeDifference, takeBackDifference } from "./rule-differences.ts";
import { contribute, contributeApproved, handOutToLeavers, reverseContribution } from "./pools.ts";
import { reversedByRefunds } from "./refunds.ts";
import { placeRights, type Place } from "./place-rights.ts";
import { findMember, type Work } from "./work.ts";

/** What head office owes the books right after an operation: a newer rule's difference, the rest of a void, a debt that can be repaid. */
export async function followUp(work: Work, operation: Operation, eventDate: string, memberId: string | null): Promise<void> {
  const award = dataOf(operation, pointsAward);
  if (award) {
    await contribute(work, operation.opId, award);
    await proposeDifference(work, operation, award, eventDate);
  }
  const decided = dataOf(operation, proposalDecideHere);
  if (decided) await contributeApproved(work, decided.proposalId);
  const voiding = dataOf(operation, pointsVoidAward);
  if (voiding) {
    await reverseRest(work, operation.opId, voiding);
    await takeBackDifference(work, operation.opId, voiding);
  }
  await settleWithLeavers(work);
  if (memberId !== null) await repayFromPool(work, memberId);
}

/** Whoever left a pool is given what has come to lie at head office of theirs, and repays of it what they owe. */
export async function settleWithLeavers(work: Work): Promise<void> {
  for (const memberId of await handOutToLeavers(work)) await repayFromPool(work, memberId);
}

/**
 * The origin took back what it still held. Head office takes the rest from that lot's pool; what is spent already becomes a debt. A refund that
 * the origin had not heard of has taken its part: nothing is undone by more than it gave.
 */
async function reverseRest(work: Work, voidOpId: string, voiding: VoidAwardData): Promise<void> {
  const { books, own } = work;
  const { undoes: lotId, memberId } = voiding;
  const rest = voiding.rest - reversedByRefunds(books, lotId);
  if (rest === 0) return;
  const owed = Math.max(0, rest) - (await reverseContribution(work, lotId, memberId, Math.max(0, rest)));
  const fromPool = Math.min(owed, books.amount(lotId, "POOL"));
  await own.write(pointsReverseRest, {
    by: headOfficeItself,
    d: { voidOpId, lotId, memberId, fromPool, asDebt: owed - fromPool, ...(rest < 0 && { givenBack: -rest }) },
  });
}

/** A member in debt repays before anything else is done with the pool. */
export async function repayFromPool({ books, own, today }: Work, memberId: string): Promise<void> {
  for (const name of books.namesOf(memberId)) {
    const debt = books.debtUnder(name);
    if (debt === 0) continue;
    const { lines } = spendEarliestExpiryFirst(books.held(memberId, "POOL"), debt, today);
    if (lines.length > 0) await own.write(pointsRepay, { by: headOfficeItself, d: { memberId: name, lines: [...lines] } });
  }
}

/**
 * Fills the rights of the stations that serve these members most, from the pool.
 *
 * @param placed the lives at the home branches and the visited ones
 * @param visits this transaction's own included
 */
export async function placeRightsOf(
  work: Work,
  memberIds: readonly string[],
  placed: readonly PlacedIncarnation[],
  visits: readonly Visits[],
): Promise<readonly WrittenGrant[]> {
  const lastHeardAt = heardLastByBranch(placed);
  const visitsOf = Map.groupBy(visits, ({ memberId }) => memberId);
  const people = new Set(memberIds.flatMap((memberId) => work.books.namesOf(memberId)[0] ?? []));
  const wanted = [...people].flatMap((memberId) => {
    const pool = work.books.held(memberId, "POOL");
    const homeBranch = findMember(work, memberId)?.homeBranch;
    if (pool.length === 0 || homeBranch === undefined) return [];
    const visitsOfPerson = work.books.namesOf(memberId).flatMap((name) => visitsOf.get(name) ?? []);
    const branches = [homeBranch, secondBranch(visitsOfPerson, homeBranch)];
    const places = branches.flatMap((branchId, i): Place[] => {
      const station = branchId === undefined ? undefined : lastHeardAt.get(branchId);
      if (!station) return [];
      const heldPoints = sumPoints(work.books.held(memberId, rightOf(station.incarnation)));
      return [{ incarnation: station.incarnation, standing: i === 0 ? "home" : "second", heldPoints }];
    });
    return placeRights(pool, places, work.today).map((grant) => ({ memberId, ...grant }));
  });
  return writeGrants(work, wanted, placed);
}

/** Only a life that goes on, and whose rights agree with our books, is trusted with more. */
export const mayHoldRights = ({ state, claimState }: PlacedIncarnation): boolean => state === "active" && claimState !== "differs";

function heardLastByBranch(placed: readonly PlacedIncarnation[]): ReadonlyMap<string, PlacedIncarnation> {
  const oldestFirst = placed.filter(mayHoldRights).toSorted((a, b) => a.lastContactMs - b.lastContactMs || a.replica - b.replica);
  return new Map(oldestFirst.map((station) => [station.branchId, station]));
}

/** @param visits of one member */
function secondBranch(visits: readonly Visits[], homeBranch: string): string | undefined {
  const elsewhere = visits.filter((at) => at.branchId !== homeBranch && at.visits > 0);
  return elsewhere.toSorted((a, b) => b.visits - a.visits || (a.branchId < b.branchId ? -1 : 1))[0]?.branchId;
}

export type WantedGrant = { readonly memberId: string; readonly incarnation: string; readonly lines: readonly LotLine[] };
export type WrittenGrant = { readonly replica: number; readonly opId: string };

/** A station keeps a right under the member who first had the lot, so that a split takes it from nobody who keeps it. */
function byFirstOwner({ books }: Work, { memberId, incarnation, lines }: WantedGrant): readonly WantedGrant[] {
  const owners = new Map(books.lotsOf(memberId).map((lot) => [lot.lotId, lot.memberId]));
  const ofOwner = Map.groupBy(lines, ({ lotId }) => owners.get(lotId) ?? memberId);
  return [...ofOwner].map(([owner, own]) => ({ memberId: owner, incarnation, lines: own }));
}

/** Grants points of the pool; none while head office finds again what a copy had not, since another station may have been granted the same. */
export const writeGrants: typeof passRights = async (work, wanted, placed) =>
  wanted.length === 0 || (await isRecovering(work.tx)) ? [] : passRights(work, wanted, placed);

/**
 * Writes grants under the next dense numbers of their incarnations, and the documents that travel to the stations. By itself it is for points that
 * an earlier life of the same station had.
 */
export async function passRights(
  work: Work,
  wanted: readonly WantedGrant[],
  placed: readonly PlacedIncarnation[],
): Promise<readonly WrittenGrant[]> {
  if (wanted.length === 0) return [];
  const { books, own, tx } = work;
  const replicaOf = new Map(placed.map(({ incarnation, replica }) => [incarnation, replica]));
  // Grants are written by the holder of head office's chain alone, so the numbers read behind that lock have no rival.
  await own.hold();
  const numbers = new Map(await tx.ledger.lastGrantNumbers([...new Set(wanted.map(({ incarnation }) => incarnation))]));
  // A draw and the filling up behind it are one transaction: the first one's numbers are not in the database yet.
  for (const { incarnation, gno } of books.changes().grants) numbers.set(incarnation, gno);
  const written: WrittenGrant[] = [];
  for (const { memberId, incarnation, lines } of wanted.flatMap((grant) => byFirstOwner(work, grant))) {
    const replica = replicaOf.get(incarnation);
    if (replica === undefined) throw new Error("a grant to an incarnation that nobody enrolled");
    const gno = (numbers.get(incarnation) ?? 0) + 1;
    numbers.set(incarnation, gno);
    const lots = new Map(books.lotsOf(memberId).map((lot) => [lot.lotId, lot]));
    const dated = lines.map(({ lotId, points }) => {
      const { earnedOn, expiresOn } = lots.get(lotId) ?? { earnedOn: work.today, expiresOn: null };
      return { lotId, points, earnedOn, expiresOn };
    });
    const { opId } = await own.write(rightsGrant, {
      by: headOfficeItself,
      d: { replica, incarnation, gno, memberId, lines: dated },
    });
    books.noteGrant({ opId, replica, incarnation, gno, memberId });
    books.records.replace({ kind: "grant", id: opId }, { opId, incarnation, gno, memberId, lines: dated });
    written.push({ replica, opId });
  }
  return written;
}
