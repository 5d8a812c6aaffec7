import type { FeedMove } from "#server/app/ports/feed-store.ts";
import type { Visits } from "#server/app/ports/ledger-store.ts";
import type { RecordKey } from "#server/app/ports/record-store.ts";
import type { PlacedIncarnation } from "#server/app/ports/station-store.ts";
import { streams } from "#shared/contracts/sync/feed.ts";
import { proposalRecord } from "#shared/domain/earning/proposal.ts";
import type { JsonObject } from "#shared/std/json.ts";
import { placeRightsOf, type WrittenGrant } from "./follow-ups.ts";
import { balanceDocument, cardDocument, directoryDocument } from "./render.ts";
import { findMember, type Work } from "./work.ts";

/** Whose operations these were: a station always receives what became of its edits, whatever that was. */
export type Author = {
  readonly branchId: string;
  /** Everything its operations were about, existing or not. */
  readonly touched: readonly RecordKey[];
  /** Visits made at the branch, by member. */
  readonly visits: ReadonlyMap<string, number>;
};

export type FinishedWork = {
  /** Where a thing now stands in a stream, if it moved. */
  readonly placeOf: (stream: string, key: RecordKey) => number | undefined;
};

/** Kinds that the feed of a branch carries; an operation about anything else has no row to send back. */
const profileKinds: ReadonlySet<string> = new Set(["member", "card", "balance", "proposal"]);
const configKinds: ReadonlySet<string> = new Set(["branch", "rule", "plan", "cardKind"]);

/**
 * Ends a transaction's work: places rights, saves books and records, and moves everything that changed forward in the streams of all
 * who may see it. Nothing may follow that could wait for another transaction.
 */
export async function finishWork(work: Work, author?: Author, grantsWritten: readonly WrittenGrant[] = []): Promise<FinishedWork> {
  const { tx, books, own, memberIds } = work;
  const known = memberIds.filter((memberId) => books.records.find("member", memberId) !== undefined);
  const visitsHere = [...(author?.visits ?? [])].flatMap(([memberId, visits]) =>
    author && known.includes(memberId) ? [{ memberId, branchId: author.branchId, visits }] : [],
  );
  const visits = addVisits(work.visits, visitsHere);
  const placed = await stationsAround(work, known, visits);
  const grants = [...grantsWritten, ...(await placeRightsOf(work, known, placed, visits))];
  renderMembers(work, known, placed);

  await tx.ledger.save(books.changes());
  await own.save();
  await tx.ledger.addVisits(visitsHere, work.today.slice(0, "YYYY-MM".length));
  await tx.records.save(books.records.changed());

  const moves = makeMoves(work);
  await moves.config();
  moves.members(known, visits);
  moves.toAuthor(author);
  for (const { replica, opId } of grants) moves.add(streams.me(replica), { kind: "grant", id: opId });
  const numbers = await tx.feed.advance(moves.all());
  const places = new Map(moves.all().map(({ stream, kind, id }, i) => [`${stream}|${kind}|${id}`, numbers[i]]));
  return { placeOf: (stream, { kind, id }) => places.get(`${stream}|${kind}|${id}`) };
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
  const incarnations = holders.flatMap((holder) => (holder.startsWith("RIGHT:") ? holder.slice("RIGHT:".length) : []));
  return work.tx.stations.placed({
    branchIds: [...new Set([...homes, ...visits.map(({ branchId }) => branchId)])],
    incarnations: [...new Set(incarnations)],
  });
}

/** Makes the documents of members anew from cards and accounts; one that comes out the same is no change. */
function renderMembers(work: Work, memberIds: readonly string[], placed: readonly PlacedIncarnation[]): void {
  const { books, identity } = work;
  const branchOf = new Map(placed.map(({ incarnation, branchId }) => [incarnation, branchId]));
  const proposals = Map.groupBy(
    books.records.ofKind("proposal").map(({ doc }) => proposalRecord.parse(doc)),
    ({ memberId }) => memberId,
  );
  for (const memberId of memberIds) {
    const member = findMember(work, memberId);
    if (!member) continue;
    const cards = books.cardsOf(memberId);
    for (const card of cards) books.records.replace({ kind: "card", id: card.cardNumber }, cardDocument(card));
    books.records.replace({ kind: "directory", id: memberId }, directoryDocument(member, cards, identity.directoryKey));
    const balance = balanceDocument(memberId, books, proposals.get(memberId) ?? [], (incarnation) => branchOf.get(incarnation) ?? "");
    books.records.replace({ kind: "balance", id: memberId }, balance satisfies JsonObject);
  }
}

function makeMoves(work: Work) {
  const { books, tx } = work;
  const moves = new Map<string, FeedMove>();
  const changed = books.records.changed();
  const changedKeys = new Set(changed.map(({ kind, id }) => `${kind}/${id}`));

  function add(stream: string, { kind, id }: RecordKey): void {
    const record = books.records.find(kind, id);
    moves.set(`${stream}|${kind}|${id}`, { stream, kind, id, ver: record?.ver ?? 0, deleted: record === undefined });
  }

  /** Configuration goes to everybody; people go to the stations where they may sign in. */
  async function config(): Promise<void> {
    for (const { kind, id } of changed) {
      if (configKinds.has(kind)) add(streams.config, { kind, id });
      if (kind === "directory") add(streams.directory, { kind, id });
    }
    const staff = changed.filter(({ kind }) => kind === "staff");
    const newBranches = changed.filter(({ kind, ver }) => kind === "branch" && ver === 1);
    const ofCompany = staff.filter(({ doc }) => doc.branchId === null);
    for (const { id, doc } of staff) {
      if (typeof doc.branchId === "string") add(streams.profile(doc.branchId), { kind: "staff", id });
    }
    if (ofCompany.length > 0) {
      for (const branch of await tx.records.ofKind("branch"))
        for (const { id } of ofCompany) add(streams.profile(branch.id), { kind: "staff", id });
    }
    if (newBranches.length > 0) {
      const everybody = (await tx.records.ofKind("staff")).filter(({ doc }) => doc.branchId === null);
      for (const branch of newBranches) {
        for (const { kind, id, ver } of everybody) {
          const stream = streams.profile(branch.id);
          moves.set(`${stream}|${kind}|${id}`, { stream, kind, id, ver, deleted: false });
        }
      }
    }
  }

  /** A member's rows go to the home branch and to every branch that served the member; whoever joins them gets all rows. */
  function members(memberIds: readonly string[], visits: readonly Visits[]): void {
    const proposals = Map.groupBy(books.records.ofKind("proposal"), ({ doc }) => doc.memberId);
    const visitsOf = Map.groupBy(visits, ({ memberId }) => memberId);
    const visitsBefore = new Set(work.visits.map(({ memberId, branchId }) => `${memberId}/${branchId}`));
    for (const memberId of memberIds) {
      const rows: RecordKey[] = [
        { kind: "member", id: memberId },
        ...books.cardsOf(memberId).map(({ cardNumber }): RecordKey => ({ kind: "card", id: cardNumber })),
        { kind: "balance", id: memberId },
        ...(proposals.get(memberId) ?? []),
      ];
      const homeBranch = findMember(work, memberId)?.homeBranch;
      const audience = new Set((visitsOf.get(memberId) ?? []).map(({ branchId }) => branchId));
      if (homeBranch !== undefined) audience.add(homeBranch);
      for (const branchId of audience) {
        const wasThere = branchId === homeBranch || visitsBefore.has(`${memberId}/${branchId}`);
        for (const row of rows) if (!wasThere || changedKeys.has(`${row.kind}/${row.id}`)) add(streams.profile(branchId), row);
      }
    }
  }

  function toAuthor(author: Author | undefined): void {
    for (const key of author?.touched ?? []) if (author && profileKinds.has(key.kind)) add(streams.profile(author.branchId), key);
  }

  return { add, config, members, toAuthor, all: () => [...moves.values()] };
}
