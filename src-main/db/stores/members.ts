import { and, count, eq, inArray, notInArray, sql, type SQL } from "drizzle-orm";
import type { MemberRecord } from "#shared/domain/members/member.ts";
import { misissued } from "#shared/domain/cards/ops.ts";
import type { StationDatabase } from "../open-database.ts";
import { prepareAdd, prepareUpsert } from "../prepare-upsert.ts";
import { member, memberKey, memberPhone } from "../schema.ts";
import { asNameKey, nameKeysOf, spellingsOf } from "./name-keys.ts";

type Row = typeof member.$inferSelect;

export function makeMembers(database: StationDatabase) {
  const { db } = database;
  const find = db
    .select()
    .from(member)
    .where(eq(member.memberId, sql.placeholder("memberId")))
    .prepare();
  const one = (row: Row | undefined): MemberRecord | undefined => row && toRecord(row);
  const add = prepareAdd(database, member);
  const upsert = prepareUpsert(database, member, member.memberId);
  const removeKeys = db
    .delete(memberKey)
    .where(eq(memberKey.memberId, sql.placeholder("memberId")))
    .prepare();
  const addKey = prepareAdd(database, memberKey);
  const removePhones = db
    .delete(memberPhone)
    .where(eq(memberPhone.memberId, sql.placeholder("memberId")))
    .prepare();
  const addPhone = prepareAdd(database, memberPhone);
  const addKeys = (memberId: string, name: string): void => {
    for (const { key, at } of nameKeysOf(name)) addKey({ key, memberId, at });
  };
  return {
    find: (memberId: string): MemberRecord | undefined => one(find.get({ memberId })),
    findByNumber: (memberNumber: string): MemberRecord | undefined =>
      one(db.select().from(member).where(eq(member.memberNumber, memberNumber)).get()),
    findByPhone: (phone: string): readonly MemberRecord[] =>
      db
        .select({ row: member })
        .from(memberPhone)
        .innerJoin(member, eq(member.memberId, memberPhone.memberId))
        .where(eq(memberPhone.phone, phone))
        .all()
        .map(({ row }) => toRecord(row)),
    search: (text: string, limit: number): readonly MemberRecord[] => {
      const rank = sql`CASE WHEN ${member.name} = ${text} THEN 0 ELSE coalesce(min(hit.at), 9) END`;
      return db
        .select({ row: member })
        .from(member)
        .innerJoin(sql`(${hitsOf(text)}) AS hit`, sql`hit.member_id = ${member.memberId}`)
        .groupBy(member.memberId)
        .orderBy(rank, member.name, member.memberNumber)
        .limit(limit)
        .all()
        .map(({ row }) => toRecord(row));
    },
    soundingLike: (name: string, limit: number): readonly MemberRecord[] =>
      db
        .selectDistinct({ row: member })
        .from(memberKey)
        .innerJoin(member, eq(member.memberId, memberKey.memberId))
        .where(and(inArray(memberKey.key, [...spellingsOf(name)]), eq(memberKey.at, 0)))
        .orderBy(member.memberNumber)
        .limit(limit)
        .all()
        .map(({ row }) => toRecord(row)),
    all: (): readonly MemberRecord[] => db.select().from(member).orderBy(member.memberNumber).all().map(toRecord),
    withoutCard: (branchId: string, limit: number): { readonly members: readonly MemberRecord[]; readonly total: number } => {
      const isWaiting = and(
        eq(member.homeBranch, branchId),
        sql`NOT EXISTS (SELECT 1 FROM card WHERE card.member_id = ${member.memberId}
              AND (card.state = 'active' OR card.blocked_reason IS NOT ${misissued}))`,
      );
      return {
        members: db.select().from(member).where(isWaiting).orderBy(member.createdAtMs, member.memberId).limit(limit).all().map(toRecord),
        total: db.select({ n: count() }).from(member).where(isWaiting).get()?.n ?? 0,
      };
    },
    put: (record: MemberRecord): void => {
      const { memberId, name } = record;
      const row = { ...record, phones: JSON.stringify(record.phones) };
      // What a name is found by is spelled out anew only when it is another name: spelling takes longer than writing.
      if (add(row)) addKeys(memberId, name);
      else {
        const nameBefore = find.get({ memberId })?.name;
        upsert(row);
        removePhones.run({ memberId });
        if (name !== nameBefore) {
          removeKeys.run({ memberId });
          addKeys(memberId, name);
        }
      }
      for (const phone of new Set(record.phones)) addPhone({ phone, memberId });
    },
    /** Rows that came before there were keys, or before a change of what the keys are, get theirs. */
    fillKeys: (): void => {
      const withKeys = db.select({ memberId: memberKey.memberId }).from(memberKey);
      const without = db.select().from(member).where(notInArray(member.memberId, withKeys)).all();
      for (const { memberId, name } of without) addKeys(memberId, name);
    },
    remove: (memberId: string): void => {
      removeKeys.run({ memberId });
      removePhones.run({ memberId });
      db.delete(member).where(eq(member.memberId, memberId)).run();
    },
  };
}

/** Fewer digits than this are in almost every phone. */
const phonePartMin = 3;
const cardTail = 4;

/** Members that the text hits, each perhaps several times: by a part of the name, number or phone, by pinyin, or by the tail of a card. */
function hitsOf(text: string): SQL {
  const part = `%${text.replace(/[\\%_]/g, "\\$&")}%`;
  const digits = text.replaceAll(/[\s-]/g, "");
  const key = asNameKey(text);
  const hits = [
    sql`SELECT member_id, NULL AS at FROM member WHERE name LIKE ${part} ESCAPE '\\' OR member_number LIKE ${part} ESCAPE '\\'`,
    // A range and not LIKE, so that the index of the keys is used.
    key !== undefined && sql`SELECT member_id, at FROM member_key WHERE "key" >= ${key} AND "key" < ${`${key}{`}`,
    /^\d+$/.test(digits) &&
      digits.length >= phonePartMin &&
      sql`SELECT member_id, NULL AS at FROM member_phone WHERE phone LIKE ${`%${digits}%`}`,
    /^\d+$/.test(digits) &&
      digits.length === cardTail &&
      sql`SELECT member_id, NULL AS at FROM card WHERE card_number LIKE ${`%${digits}`}`,
  ];
  return sql.join(
    hits.filter((hit) => hit !== false),
    sql` UNION ALL `,
  );
}

function toRecord({ phones, ...row }: Row): MemberRecord {
  return { ...row, phones: JSON.parse(phones) as string[] };
}
