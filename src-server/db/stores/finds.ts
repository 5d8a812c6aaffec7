import type { FindQuestion, FindStore, FoundMember } from "#server/app/ports/find-store.ts";
import type { Query } from "#server/db/query.ts";

/** What a member must be to fit, by the kind of the question; `$1` is the value. */
const fits: Readonly<Record<FindQuestion["kind"], string>> = {
  card: `m.id = (select member_id::text from card where card_number = $1)`,
  phone: `m.doc -> 'phones' ? $1`,
  memberNumber: `m.doc ->> 'memberNumber' = $1`,
  part: `(m.doc ->> 'name' like $1 or m.doc ->> 'memberNumber' like $1 or exists (
           select 1 from jsonb_array_elements_text(m.doc -> 'phones') phone where phone like $1))`,
};

/** In the scope of a branch is whoever is at home or was served there, as in the branch's working set. */
const isInScope = `($2::text is null or m.doc ->> 'homeBranch' = $2 or exists (
  select 1 from working_set w where w.member_id::text = m.id and w.branch_id = $2))`;

export function makeFindStore(query: Query): FindStore {
  return {
    members: ({ kind, value, scopeBranchId, limit }) =>
      query<FoundMember>(
        `select m.doc as member, coalesce((b.doc ->> 'balance')::bigint, 0) as balance, ${isInScope} as "isInScope"
         from record m left join record b on b.kind = 'balance' and b.id = m.id
         where m.kind = 'member' and ${fits[kind]} ${kind === "part" ? `and ${isInScope}` : ""}
         order by m.doc ->> 'memberNumber' limit $3`,
        [kind === "part" ? `%${value.replaceAll(/[\\%_]/g, "\\$&")}%` : value, scopeBranchId, limit],
      ),
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
