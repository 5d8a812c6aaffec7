import type { Visits } from "#server/app/ports/ledger-store.ts";
import type { RecordKey, StoredRecord } from "#server/app/ports/record-store.ts";
import type { PlacedIncarnation } from "#server/app/ports/station-store.ts";
import { sha256 } from "#server/app/sha256.ts";
import { isFed, streams } from "#shared/contracts/sync/feed.ts";
import { makeHashRow } from "#shared/contracts/sync/row-hash.ts";
import { proposalRecord } from "#shared/domain/earning/proposal.ts";
import { inactivityRecord, lapseRecord } from "#shared/domain/expiry/lapse.ts";
import { hasLapsed, lifeOfHolder } from "#shared/domain/ledger/lots.ts";
import { highestOf } from "#shared/domain/tiers/tier-record.ts";
import { addMonths } from "#shared/domain/time/calendar.ts";
import type { JsonObject } from "#shared/std/json.ts";
import { addAuthor, addConfiguration, addMembers, audiences, makeMoves, ownerOf, type Author } from "./feed-moves.ts";
import { placeRightsOf, settleWithLeavers, type WrittenGrant } from "./follow-ups.ts";
import { hasEnded } from "./late-operations.ts";
import { placeBudgets } from "./place-budgets.ts";
import { findPool, renderPools } from "./pools.ts";
import { balanceDocument, cardDocument, directoryDocument } from "./render.ts";
import { findMember, tierOf, type Work } from "./work.ts";

export type FinishedWork = {
  /** Where a thing now stands in a stream, if it moved. */
  readonly placeOf: (stream: string, key: RecordKey) => number | undefined;
};

/**
 * Ends a transaction's work: places rights and shares of budgets, saves books and records, and moves everything that changed forward in the streams of all
 * who may see it. Nothing may follow that could wait for another transaction.
 */
export async function finishWork(work: Work, author?: Author, grantsWritten: readonly WrittenGrant[] = []): Promise<FinishedWork> {
  const { tx, books, own, memberIds } = work;
  await settleWithLeavers(work);
  const known = memberIds.filter((memberId) => books.records.find("member", memberId) !== undefined);
  const isKnown = new Set(known);
  const visitsHere = [...(author?.visits ?? [])].flatMap(([memberId, visits]) =>
    author && isKnown.has(memberId) ? [{ memberId, branchId: author.branchId, visits }] : [],
  );
  const visits = addVisits(work.visits, visitsHere);
  const owners = [...known, ...memberIds.filter((id) => findPool(work, id) !== undefined)];
  const placed = await stationsAround(work, owners, visits);
  const grants = [...grantsWritten, ...(await placeRightsOf(work, known, placed, visits)), ...(await placeBudgets(work))];
  renderMembers(work, known, placed);
  renderPools(work, placed);

  await tx.ledger.save(books.changes());
  await own.save();
  await tx.ledger.addVisits(visitsHere, work.today.slice(0, "YYYY-MM".length));
  await tx.records.save(withHashes(work));
  await tx.lapses.markDue(lapsesToSettle(work, owners));
  await tx.tiers.markDue(purchasesOfEarlierMonths(work));

  const moves = makeMoves(books.records);
  await addConfiguration(moves, work);
  addMembers(moves, work, known, visits);
  if (author) {
    const audienceOf = audiences(work, visits);
    const others = author.touched.flatMap((key) => ownerOf(books.records.find(key.kind, key.id)) ?? []).filter((id) => !isKnown.has(id));
    // Of whoever is not held here, such as the owner of a card that was taken, only the feed knows who hears of them.
    const heardOf = others.length > 0 ? await tx.feed.carried(streams.profile(author.branchId), "member", others) : new Set<string>();
    addAuthor(moves, work, author, (id) => (isKnown.has(id) ? audienceOf(books.namesOf(id)).has(author.branchId) : heardOf.has(id)));
  }
  for (const { replica, opId } of grants) moves.add(streams.me(replica), { kind: "grant", id: opId });
  const all = moves.all();
  const numbers = await tx.feed.advance(all, work.machine.clock.nowMs());
  const places = new Map(all.map(({ stream, kind, id }, i) => [`${stream}|${kind}|${id}`, numbers[i]]));
  return { placeOf: (stream, { kind, id }) => places.get(`${stream}|${kind}|${id}`) };
}

/** The records that changed, each with what stations will compare their copy by. */
function withHashes({ books, identity }: Work): Parameters<Work["tx"]["records"]["save"]>[0] {
  const hashRow = makeHashRow(sha256, identity.directoryKey);
  return books.records.changed().map((record) => (isFed(record.kind) ? { ...record, hash: hashRow(record) } : record));
}

/**
 * Whose lapsed points head office looks at again: what lapsed has come back to it, or of a spend it heard on another day than it happened, or
 * that it was undone; or of a purchase before points had lapsed, which may be why they should not have, or so long ago that its own points
 * may have lapsed meanwhile, on a day that is done already.
 */
function lapsesToSettle({ books, today }: Work, memberIds: readonly string[]): readonly string[] {
  const { entries, lots } = books.changes();
  const late = entries.filter(({ holder, amount, eventDate, bookingDate }) => {
    return holder === "REDEEMED" && (amount < 0 || eventDate < bookingDate);
  });
  const visits = lots.filter(({ memberId, earnedOn }) => {
    return earnedOn < today && (hasLapsedSince(books, memberId, earnedOn) || addMonths(earnedOn, inactiveMonthsMin) <= today);
  });
  const lateOnes = new Set([...late, ...visits].map(({ memberId }) => memberId));
  return memberIds.filter((memberId) => lateOnes.has(memberId) || books.held(memberId, "POOL").some((lot) => hasLapsed(lot, today)));
}

/** No rule lets points lapse earlier because their owner stays away. */
const inactiveMonthsMin = 1;

/** Whose tier may have been judged without these: purchases of months that are over. Of such lots alone the id is that of their cause. */
const purchasesOfEarlierMonths = ({ books, today }: Work): readonly { readonly memberId: string; readonly on: string }[] =>
  books
    .changes()
    .lots.filter(({ lotId, causeOpId, earnedOn }) => lotId === causeOpId && earnedOn < `${today.slice(0, "YYYY-MM".length)}-01`)
    .map(({ memberId, earnedOn }) => ({ memberId, on: earnedOn }));

/** Whether points of the member lapsed for want of visits on that day or later. */
function hasLapsedSince({ records }: Work["books"], memberId: string, day: string): boolean {
  const named = records.find("inactivity", memberId);
  if (named && inactivityRecord.parse(named.doc).lots.some(({ lapsedOn }) => day <= lapsedOn)) return true;
  return records.ofKind("lapse").some(({ doc }) => {
    const { memberId: owner, forWantOfVisits, lapsedOn } = lapseRecord.parse(doc);
    return owner === memberId && forWantOfVisits === true && day <= lapsedOn;
  });
}

function addVisits(before: readonly Visits[], now: readonly Visits[]): readonly Visits[] {
  const merged = new Map(before.map((visits) => [`${visits.memberId}/${visits.branchId}`, visits]));
  for (const visits of now) {
    const key = `${visits.memberId}/${visits.branchId}`;
    merged.set(key, { ...visits, visits: visits.visits + (merged.get(key)?.visits ?? 0) });
  }
  return [...merged.values()];
}

/** Every life that may be granted rights, or holds some already. */
async function stationsAround(work: Work, memberIds: readonly string[], visits: readonly Visits[]): Promise<readonly PlacedIncarnation[]> {
  const homes = memberIds.flatMap((memberId) => findMember(work, memberId)?.homeBranch ?? []);
  const holders = memberIds.flatMap((memberId) =>
    work.books.lotsOf(memberId).flatMap(({ lotId }) => [...work.books.holdersOf(lotId).keys()]),
  );
  const incarnations = holders.flatMap((holder) => lifeOfHolder(holder) ?? []);
  return work.tx.stations.placed({
    branchIds: [...new Set([...homes, ...visits.map(({ branchId }) => branchId)])],
    incarnations: [...new Set(incarnations)],
  });
}

const newestFirst = (a: StoredRecord, b: StoredRecord): number =>
  (a.fieldClock["lapseId"] ?? "") > (b.fieldClock["lapseId"] ?? "") ? -1 : 1;

/**
 * Makes the documents of members anew from cards and accounts; one that comes out the same is no change. Under each name of a person stand the
 * person's figures: whoever still asks for an old number is told the truth.
 */
function renderMembers(work: Work, memberIds: readonly string[], placed: readonly PlacedIncarnation[]): void {
  const { books, identity } = work;
  const places = new Map(placed.map((life) => [life.incarnation, { branchId: life.branchId, hasEnded: hasEnded(life) }]));
  const proposals = Map.groupBy(
    books.records.ofKind("proposal").map(({ doc }) => proposalRecord.parse(doc)),
    ({ memberId }) => memberId,
  );
  const lapses = Map.groupBy(
    books.records
      .ofKind("lapse")
      .toSorted(newestFirst)
      .map(({ doc }) => lapseRecord.parse(doc)),
    ({ memberId }) => memberId,
  );
  for (const memberId of memberIds) {
    const member = findMember(work, memberId);
    if (!member) continue;
    const cards = books.cardsOf(memberId).filter((card) => card.memberId === memberId);
    for (const card of cards) books.records.replace({ kind: "card", id: card.cardNumber }, cardDocument(card));
    // Made of the member, the cards and the tier alone, and dear to make: points move far more often than either changes.
    const names = books.namesOf(memberId);
    const madeOf: RecordKey[] = [
      { kind: "member", id: memberId },
      ...cards.map(({ cardNumber }) => ({ kind: "card", id: cardNumber }) as const),
      ...names.flatMap((id) => [{ kind: "tier", id } as const, { kind: "alias", id } as const]),
    ];
    if (madeOf.some(books.records.hasChanged) || !books.records.find("directory", memberId)) {
      const tierId = highestOf(names.flatMap((name) => tierOf(books, name) ?? []))?.tierId ?? null;
      books.records.replace({ kind: "directory", id: memberId }, directoryDocument(member, cards, tierId, identity.directoryKey));
    }
    const rows = { proposals: names.flatMap((name) => proposals.get(name) ?? []), lapses: names.flatMap((name) => lapses.get(name) ?? []) };
    const placeOf = (incarnation: string) => places.get(incarnation) ?? { branchId: "", hasEnded: true };
    const balance = balanceDocument(memberId, books, rows, placeOf);
    books.records.replace({ kind: "balance", id: memberId }, balance satisfies JsonObject);
  }
}
