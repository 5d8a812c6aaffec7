import type { FeedMove } from "#server/app/ports/feed-store.ts";
import type { Visits } from "#server/app/ports/ledger-store.ts";
import type { RecordKey, StoredRecord } from "#server/app/ports/record-store.ts";
import { streams } from "#shared/contracts/sync/feed.ts";
import { aliasRecord, namesOf } from "#shared/domain/members/alias.ts";
import { recallRecord } from "#shared/domain/ledger/recall.ts";
import { requestRecord } from "#shared/domain/requests/request.ts";
import { keptPurchase } from "#shared/domain/earning/kept-purchase.ts";
import { verdictRecord } from "#shared/domain/verdicts/verdict.ts";
import type { Books } from "./books.ts";
import type { RecordShelf } from "./record-shelf.ts";
import { findMember, type Work } from "./work.ts";

/** What moves forward in which streams, each thing once a stream. */
export type Moves = {
  /** Moves a record as this transaction leaves it; one that does not exist is sent as a deletion. */
  readonly add: (stream: string, key: RecordKey) => void;
  /** Moves a record that this transaction only read. */
  readonly addUnchanged: (stream: string, record: StoredRecord) => void;
  /** Takes a record out of a stream whose audience it has left. */
  readonly remove: (stream: string, record: StoredRecord) => void;
  readonly all: () => readonly FeedMove[];
};

export function makeMoves(records: RecordShelf): Moves {
  const moves = new Map<string, FeedMove>();
  const put = (move: FeedMove): void => void moves.set(`${move.stream}|${move.kind}|${move.id}`, move);
  return {
    add(stream, { kind, id }) {
      const record = records.find(kind, id);
      put({ stream, kind, id, ver: record?.ver ?? 0, deleted: record === undefined });
    },
    addUnchanged: (stream, { kind, id, ver }) => put({ stream, kind, id, ver, deleted: false }),
    remove: (stream, { kind, id, ver }) => put({ stream, kind, id, ver, deleted: true }),
    all: () => [...moves.values()],
  };
}

const configKinds: ReadonlySet<string> = new Set([
  "branch",
  "rule",
  "plan",
  "gift",
  "cardKind",
  "cardRange",
  "dictionaryEntry",
  "tierScheme",
  "pool",
  "poolMember",
  "poolFigures",
]);

/**
 * Configuration and the thin directory go to everybody; people go to the branches where they may sign in; stock to where it lies; requests
 * and recalls to the station that asked and the one that is asked; a later verdict to the station whose operation it is about; a purchase that was kept
 * to its station, and to the whole branch once that is asked about it.
 */
export async function addConfiguration(moves: Moves, { books, tx }: Work): Promise<void> {
  const changed = books.records.changed();
  for (const record of changed) {
    if (configKinds.has(record.kind)) moves.add(streams.config, record);
    // One that waits for a second person is head office's own business.
    if (record.kind === "erasure" && record.doc["state"] === "done") moves.add(streams.config, record);
    if (record.kind === "directory" || record.kind === "alias") moves.add(streams.directory, record);
    if (record.kind === "keptPurchase" && typeof record.doc.branchId === "string") moves.add(streams.profile(record.doc.branchId), record);
    if (record.kind === "stockMove") for (const branchId of branchesOf(record)) moves.add(streams.profile(branchId), record);
  }
  for (const { kind, id, doc } of changed) {
    for (const station of stationsOf(kind, doc)) moves.add(streams.me(station), { kind, id });
  }
  const staff = changed.filter(({ kind }) => kind === "staff");
  const branchIds = staff.length > 0 ? (await tx.records.ofKind("branch")).map(({ id }) => id) : [];
  for (const person of staff) {
    const before = books.records.before(person);
    for (const branchId of branchIds) {
      const stream = streams.profile(branchId);
      // Whoever was moved to another branch signs in there, and at the old one no more.
      if (signsInAt(person, branchId)) moves.add(stream, person);
      else if (before && signsInAt(before, branchId)) moves.remove(stream, person);
    }
  }

  const newBranches = changed.filter(({ kind, ver }) => kind === "branch" && ver === 1);
  const everywhere = newBranches.length > 0 ? (await tx.records.ofKind("staff")).filter(isOfCompany) : [];
  for (const { id } of newBranches) for (const person of everywhere) moves.addUnchanged(streams.profile(id), person);
}

/** The stations that a record is meant for, and nobody else. */
function stationsOf(kind: string, doc: StoredRecord["doc"]): readonly number[] {
  if (kind === "verdict") return [verdictRecord.parse(doc).replica];
  if (kind === "keptPurchase") return [keptPurchase.parse(doc).replica];
  if (kind === "recall") {
    const { replica, wantedBy } = recallRecord.parse(doc);
    return [replica, wantedBy.replica];
  }
  if (kind !== "request") return [];
  const { replica, origin } = requestRecord.parse(doc);
  return [replica, ...(origin === null ? [] : [origin])];
}

/** A movement of stock goes to its branch, and one of a parcel to both ends. */
function branchesOf({ doc }: StoredRecord): readonly string[] {
  return [doc["branchId"], doc["otherBranchId"]].filter((branchId) => typeof branchId === "string");
}

/** Staff of no branch may sign in at every one. */
const isOfCompany = ({ doc }: StoredRecord): boolean => doc.branchId === null;
const signsInAt = (person: StoredRecord, branchId: string): boolean => isOfCompany(person) || person.doc.branchId === branchId;

/** All rows that a branch has under one name of a member. @param about proposals and reviews under it */
export const rowsAbout = (books: Books, memberId: string, about: readonly RecordKey[]): readonly RecordKey[] => [
  { kind: "member", id: memberId },
  ...books.cardsOf(memberId).flatMap((card): RecordKey[] => (card.memberId === memberId ? [{ kind: "card", id: card.cardNumber }] : [])),
  { kind: "balance", id: memberId },
  ...(["tier", "capUse"] as const).flatMap((kind) => (books.records.find(kind, memberId) ? [{ kind, id: memberId }] : [])),
  ...about,
];

/**
 * A member's rows go to the home branch and to every branch that served the member, under whichever name; whoever joins them gets all rows, and
 * whoever is none of them any more, since two people were taken for one, loses them.
 */
export function addMembers(moves: Moves, work: Work, memberIds: readonly string[], visits: readonly Visits[]): void {
  const { books } = work;
  const about = [...books.records.ofKind("proposal"), ...books.records.ofKind("review")];
  const aboutMember = Map.groupBy(about, ({ doc }) => doc.memberId);
  const branchesNow = audiences(work, visits);
  const branchesBefore = audiences(work, work.visits);
  for (const memberId of memberIds) {
    const rows = rowsAbout(books, memberId, aboutMember.get(memberId) ?? []);
    const audience = branchesNow(books.namesOf(memberId));
    const before = branchesBefore(namesBefore(work, memberId));
    for (const branchId of audience) {
      const isNewThere = !before.has(branchId);
      for (const row of rows) if (isNewThere || books.records.hasChanged(row)) moves.add(streams.profile(branchId), row);
    }
    const records = rows.flatMap(({ kind, id }) => books.records.find(kind, id) ?? []);
    for (const branchId of before) if (!audience.has(branchId)) for (const row of records) moves.remove(streams.profile(branchId), row);
  }
}

/** @returns the branches of whoever has these names: where they are at home, and those that served them */
export function audiences(work: Work, visits: readonly Visits[]): (names: readonly string[]) => ReadonlySet<string> {
  const served = Map.groupBy(visits, ({ memberId }) => memberId);
  return (names) =>
    new Set(
      names.flatMap((name) => [findMember(work, name)?.homeBranch ?? [], (served.get(name) ?? []).map(({ branchId }) => branchId)].flat()),
    );
}

function namesBefore({ books }: Work, memberId: string): readonly string[] {
  return namesOf(memberId, (name) => {
    const record = books.records.before({ kind: "alias", id: name });
    return record && aliasRecord.parse(record.doc);
  });
}

/** Whose operations these were: a station always receives what became of its edits, whatever that was. */
export type Author = {
  readonly branchId: string;
  /** Everything its operations were about, existing or not. */
  readonly touched: readonly RecordKey[];
  /** Visits made at the branch, by member. */
  readonly visits: ReadonlyMap<string, number>;
};

/** Whose row it is, where it is a member's. */
export function ownerOf(record: StoredRecord | undefined): string | undefined {
  const memberId = record?.kind === "balance" || record?.kind === "member" ? record.id : record?.doc["memberId"];
  return typeof memberId === "string" ? memberId : undefined;
}

/** Kinds that the feed of a branch carries; an operation about anything else has no row to send back. */
const profileKinds: ReadonlySet<string> = new Set(["member", "card", "balance", "proposal", "review", "hold", "stockMove"]);

/** @param serves whether the branch has this member in its working set: to one that has not, what became of an edit says that the row is not its any more */
export function addAuthor(
  moves: Moves,
  { books }: Pick<Work, "books">,
  { branchId, touched }: Author,
  serves: (memberId: string) => boolean,
): void {
  for (const key of touched) {
    if (!profileKinds.has(key.kind)) continue;
    const record = books.records.find(key.kind, key.id);
    const memberId = ownerOf(record);
    if (record && memberId !== undefined && !serves(memberId)) moves.remove(streams.profile(branchId), record);
    else moves.add(streams.profile(branchId), key);
  }
}
