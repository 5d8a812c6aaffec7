import { openWork, type Work } from "#server/app/operations/work.ts";
import { openPersonViews, type ViewPerson } from "#server/app/people/person-view.ts";
import { samenessOf } from "#server/app/people/sameness.ts";
import type { Transaction } from "#server/app/ports/store.ts";
import type { comparePeopleAct, listPeopleAct, MergedView } from "#shared/contracts/acts/people.ts";
import { aliasRecord, type AliasRecord } from "#shared/domain/members/alias.ts";
import { memberRecord, type MemberRecord } from "#shared/domain/members/member.ts";
import { maskPhone } from "#shared/domain/members/masking.ts";
import { readBytes } from "#shared/domain/operations/read-bytes.ts";
import { err, ok } from "#shared/std/result.ts";
import type { ActHandler } from "./act-handler.ts";
import { namesOfStaff } from "./staff-names.ts";

/** As many as somebody goes through in a sitting; the next come when these are done. */
const pairsMax = 50;
/** Of so many who joined last is looked whether they had joined before. */
const lookedAtMax = 1_000;
const mergedMax = 200;

/** Who of those that joined last shares a phone with another member, and was not told apart from them yet; and the members that were made one, the latest first. */
export const listPeople: ActHandler<typeof listPeopleAct> = async ({ ports: { machine, identity }, tx }) => {
  const aliases = new Map((await tx.records.ofKind("alias")).map(({ id, doc }) => [id, aliasRecord.parse(doc)]));
  const similar = (await similarPairs(tx)).filter((pair) => isToLookAt(pair, aliases)).slice(0, pairsMax);
  const merged = [...aliases.values()].filter(({ mergedInto }) => mergedInto !== null);
  const work = await openWork(tx, machine, identity, { memberIds: [...similar.flat(), ...merged].map(({ memberId }) => memberId) });
  const viewPerson = await openPersonViews(work);
  return ok({
    similar: similar.map(([a, b]) => ({
      members: [a, b].map(({ memberId }) => viewPerson(work.books.namesOf(memberId))),
      because: [...samenessOf(a, b)],
    })),
    merged: await viewMerged(work, viewPerson, merged),
  });
};

/** Two members by their numbers, side by side. */
export const comparePeople: ActHandler<typeof comparePeopleAct> = async ({ ports: { machine, identity }, tx }, { numbers }) => {
  const found = await tx.records.membersNumbered(numbers);
  const members = found.map(({ doc }) => memberRecord.parse(doc));
  const unknown = numbers.find((number) => !members.some(({ memberNumber }) => memberNumber === number));
  if (unknown !== undefined) return err({ code: "NUMBER_UNKNOWN", number: unknown });
  const [a, b] = numbers.flatMap((number) => members.find(({ memberNumber }) => memberNumber === number) ?? []);
  if (!a || !b) return err({ code: "SAME_MEMBER" });
  const work = await openWork(tx, machine, identity, { memberIds: [a.memberId, b.memberId] });
  if (work.books.isSamePerson(a.memberId, b.memberId)) return err({ code: "SAME_MEMBER" });
  const viewPerson = await openPersonViews(work);
  const both = [a, b].map(({ memberId }) => viewPerson(work.books.namesOf(memberId)));
  return ok({ members: both, because: [...samenessOf(a, b)] });
};

type Pair = readonly [MemberRecord, MemberRecord];

/** The earlier one first. */
async function similarPairs(tx: Transaction): Promise<readonly Pair[]> {
  const latest = (await tx.records.membersJoinedLast(lookedAtMax)).map(({ doc }) => memberRecord.parse(doc));
  const sharing = (await tx.records.membersWithPhones([...new Set(latest.flatMap(({ phones }) => phones))])).map(({ doc }) =>
    memberRecord.parse(doc),
  );
  const byPhone = Map.groupBy(
    sharing.flatMap((member) => member.phones.map((phone) => ({ phone, member }))),
    ({ phone }) => phone,
  );
  return latest.flatMap((member) => {
    const others = new Set(member.phones.flatMap((phone) => (byPhone.get(phone) ?? []).map((each) => each.member)));
    return [...others].filter((other) => isEarlier(other, member)).map((other): Pair => [other, member]);
  });
}

const isEarlier = (a: MemberRecord, b: MemberRecord): boolean =>
  a.createdAtMs < b.createdAtMs || (a.createdAtMs === b.createdAtMs && a.memberId < b.memberId);

/** One that was merged is looked at under the name it has now, and two that somebody told apart stay apart. */
function isToLookAt([a, b]: Pair, aliases: ReadonlyMap<string, AliasRecord>): boolean {
  const isMerged = [a, b].some(({ memberId }) => (aliases.get(memberId)?.mergedInto ?? null) !== null);
  return !isMerged && !aliases.get(a.memberId)?.partedFrom.includes(b.memberId);
}

async function viewMerged(work: Work, viewPerson: ViewPerson, aliases: readonly AliasRecord[]): Promise<MergedView[]> {
  const { books, tx } = work;
  const written = new Map((await tx.inbox.find(aliases.flatMap(({ mergedBy }) => mergedBy ?? []))).map((op) => [op.opId, op]));
  const views = aliases.flatMap(({ memberId, mergedInto, mergedBy }) => {
    const record = books.records.find("member", memberId);
    return record && mergedInto !== null ? [{ ...memberRecord.parse(record.doc), mergedInto, stored: written.get(mergedBy ?? "") }] : [];
  });
  const newestFirst = views.toSorted((a, b) => (b.stored?.receivedAtMs ?? 0) - (a.stored?.receivedAtMs ?? 0)).slice(0, mergedMax);
  const authors = newestFirst.map(({ stored }) => (stored ? readBytes(stored, stored) : undefined));
  const names = await namesOfStaff(
    tx,
    authors.flatMap((op) => (op?.ok ? op.value.body.by : [])),
  );
  return newestFirst.map(({ memberId, memberNumber, name, phones, mergedInto, stored }, i) => {
    const author = authors[i];
    return {
      member: viewPerson(books.namesOf(mergedInto)),
      merged: { memberId, memberNumber, name, phonesMasked: phones.map(maskPhone) },
      mergedAtMs: stored?.receivedAtMs ?? null,
      by: author?.ok ? (names.get(author.value.body.by) ?? null) : null,
    };
  });
}
