import type { ServerIdentity } from "#server/app/ports/access-store.ts";
import type { Visits } from "#server/app/ports/ledger-store.ts";
import type { Machine } from "#server/app/ports/machine.ts";
import type { RecordKey, StoredRecord } from "#server/app/ports/record-store.ts";
import type { Transaction } from "#server/app/ports/store.ts";
import { aliasRecord, noAliases, tiesOf, type AliasRecord } from "#shared/domain/members/alias.ts";
import { memberRecord, type MemberRecord } from "#shared/domain/members/member.ts";
import { poolMemberRecord, poolRecord } from "#shared/domain/pools/pool.ts";
import { tierRecord, type TierRecord } from "#shared/domain/tiers/tier-record.ts";
import { businessDateOf } from "#shared/domain/time/business-date.ts";
import { addDays, addMonths } from "#shared/domain/time/calendar.ts";
import { openBooks, type Books } from "./books.ts";
import { makeOwnOperations, type OwnOperations } from "./own-operations.ts";

/** Decided proposals and what lapsed stay in the rows of a branch for this long. */
const recentMonths = 3;
/** The second home of a member is the branch visited most in this span. */
const visitMonths = 12;

/** What a transaction is going to touch; everything of these members is held until its end. */
export type Subjects = {
  readonly memberIds?: Iterable<string>;
  readonly lotIds?: Iterable<string>;
  readonly cardNumbers?: Iterable<string>;
  readonly undone?: Iterable<string>;
  readonly records?: Iterable<RecordKey>;
  readonly ruleIds?: Iterable<string>;
  readonly memberNumbers?: Iterable<string>;
  /** All lots that these members ever had, and all that lapsed of them: what a decision about expired points needs. */
  readonly withHistory?: boolean;
};

/** One transaction's work on the books, from the first lock to the last row of the feed. */
export type Work = {
  readonly tx: Transaction;
  readonly machine: Machine;
  readonly identity: ServerIdentity;
  readonly today: string;
  /** Those it was opened for and all that they are one person with, or were; in the order of their ids. */
  readonly memberIds: readonly string[];
  readonly books: Books;
  readonly own: OwnOperations;
  /** Visits before this transaction. */
  readonly visits: readonly Visits[];
};

export async function openWork(tx: Transaction, machine: Machine, identity: ServerIdentity, subjects: Subjects): Promise<Work> {
  const today = businessDateOf(machine.clock.nowMs());
  const memberIds = await withTies(tx, [...new Set(subjects.memberIds)]);
  const debts = await tx.ledger.lock(memberIds);
  const lotsEver = subjects.withHistory ? await tx.lapses.lotsEver(memberIds) : [];
  const { lots, accounts } = await tx.ledger.lots({ memberIds, lotIds: [...new Set([...(subjects.lotIds ?? []), ...lotsEver])] });
  const undone = await tx.ledger.undone([...new Set(subjects.undone)]);
  const cards = await tx.ledger.cards({ memberIds, cardNumbers: [...new Set(subjects.cardNumbers)] });
  const ofMembers = memberIds.flatMap((id): RecordKey[] => [
    { kind: "member", id },
    { kind: "balance", id },
    { kind: "directory", id },
    { kind: "alias", id },
    { kind: "inactivity", id },
    { kind: "tier", id },
    { kind: "capUse", id },
    { kind: "pool", id },
    { kind: "poolMember", id },
    { kind: "poolFigures", id },
  ]);
  const ofCards = cards.map((card): RecordKey => ({ kind: "card", id: card.cardNumber }));
  const records = [
    ...(await tx.records.find([...ofMembers, ...ofCards, ...(subjects.records ?? [])])),
    ...(await tx.records.ofMembers(memberIds, addMonths(today, -recentMonths))),
    ...(subjects.withHistory ? await tx.records.lapses(memberIds) : []),
    ...(await publicationsFor(tx, [...new Set(subjects.ruleIds)])),
    ...(await tx.records.membersNumbered([...new Set(subjects.memberNumbers)])),
  ];
  // Two may have become one while this transaction waited for the lock: then the other is held, too.
  const ties = records.flatMap(tiedTo);
  if (!ties.every((id) => memberIds.includes(id)))
    return openWork(tx, machine, identity, { ...subjects, memberIds: [...memberIds, ...ties] });
  const visits = await tx.ledger.visits(memberIds, addMonths(today, -visitMonths).slice(0, "YYYY-MM".length));
  const closedUntil = await tx.ledger.closedUntil();
  const openFrom = closedUntil === undefined ? today : addDays(closedUntil, 1);
  const books = openBooks({ debts, lots, accounts, undone, cards, records, openFrom });
  return { tx, machine, identity, today, memberIds, books, own: makeOwnOperations(tx, identity, machine, books), visits };
}

/** By what a purchase under these rules earns: their versions, and those of the tiers. */
const publicationsFor = async (tx: Transaction, ruleIds: readonly string[]): Promise<readonly StoredRecord[]> =>
  ruleIds.length === 0 ? [] : [...(await tx.records.ruleVersions(ruleIds)), ...(await tx.records.ofKind("tierScheme"))];

/** Who is held with whoever has this record: what a member gives to a pool, and takes from it, are the books of both. */
function tiedTo({ kind, doc }: StoredRecord): readonly string[] {
  if (kind === "alias") return tiesOf(aliasRecord.parse(doc));
  if (kind === "pool") return poolRecord.parse(doc).leavers;
  if (kind !== "poolMember") return [];
  const { poolId, left } = poolMemberRecord.parse(doc);
  return [...(poolId === null ? [] : [poolId]), ...left];
}

/** In the order of their ids. */
const withTies = async (tx: Transaction, asked: readonly string[]): Promise<readonly string[]> =>
  [
    ...new Set([...asked, ...[...(await aliasesAround(tx, asked)).values()].flatMap((alias) => [alias.memberId, ...tiesOf(alias)])]),
  ].toSorted();

/** What is known of other names of these members and of all that they are or were one person with; almost always nothing. */
export async function aliasesAround(tx: Pick<Transaction, "records">, asked: readonly string[]): Promise<ReadonlyMap<string, AliasRecord>> {
  const aliases = new Map<string, AliasRecord>();
  const read = new Set(asked);
  for (let unread = [...read]; unread.length > 0;) {
    const records = await tx.records.find(unread.map((id): RecordKey => ({ kind: "alias", id })));
    for (const { id, doc } of records) aliases.set(id, aliasRecord.parse(doc));
    unread = [...new Set(records.flatMap(({ id }) => tiesOf(aliases.get(id) ?? noAliases(id))))].filter((id) => !read.has(id));
    for (const id of unread) read.add(id);
  }
  return aliases;
}

/** Where a member stands under this one name; undefined for whoever never had a tier. */
export function tierOf({ records }: Pick<Books, "records">, name: string): TierRecord | undefined {
  const record = records.find("tier", name);
  return record && tierRecord.parse(record.doc);
}

/** Members that were read, by the record they stand in: a transaction asks for each a handful of times. */
const membersRead = new WeakMap<StoredRecord, MemberRecord>();

export function findMember({ books }: Pick<Work, "books">, memberId: string): MemberRecord | undefined {
  const record = books.records.find("member", memberId);
  if (!record) return undefined;
  const member = membersRead.get(record) ?? memberRecord.parse(record.doc);
  membersRead.set(record, member);
  return member;
}
