import type { MemberPurchase, TierStore } from "#server/app/ports/tier-store.ts";
import { askAbout, columns, type Query } from "#server/db/query.ts";

/**
 * Lots that a purchase earned: of these alone the id is that of their cause. What stands for an expired lot, and what the company lost, is named
 * otherwise. What a newer rule added is undone with the award that it was added to.
 */
const earnedLots = `
  from lot l
  left join record d on d.kind = 'proposal' and d.id = l.lot_id::text and d.doc ? 'differenceOf'
  left join record p on p.kind = 'purchase' and p.id = l.lot_id::text
  left join record r on r.kind = 'refund' and r.id = l.lot_id::text
  where l.lot_id = l.cause_op_id
    and not exists (select 1 from undo u where u.undone = coalesce((d.doc ->> 'differenceOf')::uuid, l.lot_id))`;

export function makeTierStore(query: Query): TierStore {
  return {
    async candidates({ measure, from, until, atLeast }) {
      const rows = await query<{ memberId: string }>(
        `select l.member_id as "memberId" ${earnedLots} and l.earned_on between $1 and $2
         group by 1
         having sum(case when $3 = 'points' then l.points else coalesce((p.doc ->> 'amountFen')::bigint, 0) end) >= $4
         union select id::uuid from record where kind = 'tier' and (doc ->> 'rank')::int > 0
         union select id::uuid from record where kind = 'alias'
         order by 1`,
        [from, until, measure, atLeast],
      );
      return rows.map(({ memberId }) => memberId);
    },
    purchases: (memberIds, { from, until }) =>
      query<MemberPurchase>(
        `select l.member_id as "memberId", l.lot_id as "lotId", l.earned_on as "on",
                coalesce(p.doc ->> 'receiptNumber', d.doc ->> 'receiptNumber', '') as "receiptNumber",
                l.points - coalesce((r.doc ->> 'reversedPoints')::bigint, 0) as points,
                coalesce((p.doc ->> 'amountFen')::bigint, 0) - coalesce((r.doc ->> 'refundedFen')::bigint, 0) as "amountFen"
         ${earnedLots} and l.member_id = any ($1::uuid[]) and l.earned_on between $2 and $3
         order by l.earned_on desc, l.lot_id desc`,
        [memberIds, from, until],
      ),
    async due({ after, until, limit }) {
      const rows = await query<{ memberId: string }>(
        `select member_id as "memberId" from tier_due where member_id > $1 and earned_on <= $2 order by 1 limit $3`,
        [after, until, limit],
      );
      return rows.map(({ memberId }) => memberId);
    },
    async dueSince(memberIds) {
      const rows = await query<{ memberId: string; on: string }>(
        `select member_id as "memberId", earned_on as "on" from tier_due where member_id = any ($1::uuid[])`,
        [memberIds],
      );
      return new Map(rows.map(({ memberId, on }) => [memberId, on]));
    },
    async markDue(purchases) {
      await askAbout(
        query,
        `insert into tier_due (member_id, earned_on) select member_id, min(earned_on) from unnest($1::uuid[], $2::date[]) as t (member_id, earned_on)
         group by 1 order by 1 on conflict (member_id) do update set earned_on = least(tier_due.earned_on, excluded.earned_on)`,
        columns(purchases, "memberId", "on"),
      );
    },
    async clearDue(memberIds) {
      await query(`delete from tier_due where member_id = any ($1::uuid[])`, [memberIds]);
    },
  };
}
