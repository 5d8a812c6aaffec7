import { desc, eq, like, or, sql } from "drizzle-orm";
import type { MemberRecord } from "#shared/domain/members/member.ts";
import type { StationDatabase } from "../open-database.ts";
import { member, memberPhone } from "../schema.ts";
import { initialsOf } from "./initials.ts";

type Row = typeof member.$inferSelect;

export function makeMembers({ db }: StationDatabase) {
  const find = db
    .select()
    .from(member)
    .where(eq(member.memberId, sql.placeholder("memberId")))
    .prepare();
  const one = (row: Row | undefined): MemberRecord | undefined => row && toRecord(row);
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
      const part = `%${text.replace(/[\\%_]/g, "\\$&")}%`;
      const contains = (column: typeof member.name) => sql`${column} LIKE ${part} ESCAPE '\\'`;
      const letters = text.toLowerCase();
      return db
        .select()
        .from(member)
        .where(
          or(
            contains(member.name),
            contains(member.memberNumber),
            /^[a-z]+$/.test(letters) ? like(member.initials, `${letters}%`) : undefined,
          ),
        )
        .orderBy(desc(eq(member.name, text)), member.name, member.memberNumber)
        .limit(limit)
        .all()
        .map(toRecord);
    },
    all: (): readonly MemberRecord[] => db.select().from(member).orderBy(member.memberNumber).all().map(toRecord),
    put: (record: MemberRecord): void => {
      const { memberId, memberNumber, homeBranch, state, name, createdAtMs } = record;
      const row = {
        memberId,
        memberNumber,
        homeBranch,
        state,
        name,
        createdAtMs,
        phones: JSON.stringify(record.phones),
        initials: initialsOf(name),
      };
      db.insert(member).values(row).onConflictDoUpdate({ target: member.memberId, set: row }).run();
      db.delete(memberPhone).where(eq(memberPhone.memberId, memberId)).run();
      for (const phone of new Set(record.phones)) db.insert(memberPhone).values({ phone, memberId }).run();
    },
    remove: (memberId: string): void => {
      db.delete(memberPhone).where(eq(memberPhone.memberId, memberId)).run();
      db.delete(member).where(eq(member.memberId, memberId)).run();
    },
  };
}

function toRecord({ memberId, memberNumber, homeBranch, state, name, phones, createdAtMs }: Row): MemberRecord {
  return { memberId, memberNumber, homeBranch, state, name, phones: JSON.parse(phones) as string[], createdAtMs };
}
