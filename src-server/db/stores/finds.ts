import type { FindQuestion, FindStore, FoundMember } from "#server/app/ports/find-store.ts";
import type { Query } from "#server/db/query.ts";
import type { Seal } from "#server/db/sealing/seal.ts";
import { openDoc } from "#server/db/sealing/sealed-record.ts";
import { balanceAsOf } from "./balance-as-of.ts";
import { phoneTag, tagsInName, tagsInPhone } from "#server/db/sealing/tags.ts";
import type { MemberRecord } from "#shared/domain/members/member.ts";

/** In the scope of a branch is whoever is at home or was served there, as in the branch's working set. */
const isInScope = `($1::text is null or m.doc ->> 'homeBranch' = $1 or exists (
  select 1 from working_set w where w.member_id::text = m.id and w.branch_id = $1))`;

/** What a member must be to come into question, and the values that it names from `$5` on. */
type Candidates = { readonly where: string; readonly values: readonly unknown[] };

/** Of a name one character is enough, of a phone four digits in a row, of a member number anything. */
const candidatesOf: Readonly<Record<FindQuestion["kind"], (seal: Seal, value: string) => Candidates>> = {
  card: (_seal, value) => ({ where: `m.id = (select member_id::text from card where card_number = $5)`, values: [value] }),
  phone: (seal, value) => ({ where: `m.tags @> array[$5::text]`, values: [phoneTag(seal, value)] }),
  memberNumber: (_seal, value) => ({ where: `m.doc ->> 'memberNumber' = $5`, values: [value] }),
  part: (seal, value) => ({
    // Comparing with null finds nobody.
    where: `(m.tags @> $5::text[] or m.tags @> $6::text[] or position($7 in m.doc ->> 'memberNumber') > 0) and ${isInScope}`,
    values: [tagsInName(seal, value) ?? null, tagsInPhone(seal, value) ?? null, value],
  }),
};

/** Tags bring whoever has all pieces of the text, also in another order: only the opened record tells. */
const fits = ({ name, phones, memberNumber }: MemberRecord, value: string): boolean =>
  [name, memberNumber, ...phones].some((text) => text.includes(value));

type CandidateRow = Omit<FoundMember, "member"> & {
  readonly id: string;
  readonly doc: MemberRecord;
  readonly sealed: Uint8Array | null;
};

export function makeFindStore(query: Query, seal: Seal): FindStore {
  return {
    async members({ kind, value, scopeBranchId, today, limit }) {
      const { where, values } = candidatesOf[kind](seal, value);
      const found: FoundMember[] = [];
      let after = "";
      for (;;) {
        const rows = await query<CandidateRow>(
          `select m.id, m.doc, m.sealed, coalesce(${balanceAsOf("$4")}, 0) as balance, ${isInScope} as "isInScope"
           from record m left join record b on b.kind = 'balance' and b.id = m.id
           where m.kind = 'member' and m.doc ->> 'memberNumber' > $3 and ${where}
           order by m.doc ->> 'memberNumber' limit $2`,
          [scopeBranchId, limit, after, today, ...values],
        );
        for (const { id, doc, sealed, ...row } of rows) {
          const member: MemberRecord = openDoc(seal, { kind: "member", id }, { doc, sealed });
          after = member.memberNumber;
          if (kind !== "part" || fits(member, value)) found.push({ ...row, member });
        }
        if (rows.length < limit || found.length >= limit) return found.slice(0, limit);
      }
    },
    async log({ atMs, staffId, replica, kind, memberIds }) {
      await query(`insert into find_log (at_ms, staff_id, replica, kind, member_ids) values ($1, $2, $3, $4, $5)`, [
        atMs,
        staffId,
        replica,
        kind,
        memberIds,
      ]);
    },
    async countSince(staffId, sinceMs) {
      const [row] = await query<{ looks: number }>(`select count(*)::bigint as looks from find_log where staff_id = $1 and at_ms > $2`, [
        staffId,
        sinceMs,
      ]);
      return row?.looks ?? 0;
    },
  };
}
