import type { FinishedRun, LapseStore, LiveStation, MemberCharge, MemberServed } from "#server/app/ports/lapse-store.ts";
import type { Query } from "#server/db/query.ts";

export function makeLapseStore(query: Query): LapseStore {
  const memberIds = (rows: readonly { readonly memberId: string }[]): readonly string[] => rows.map(({ memberId }) => memberId);
  return {
    liveStations: () =>
      query<LiveStation>(
        `select r.replica, r.branch_id as "branchId", case when i.ack_seq >= i.head_seq then i.head_at_ms end as "heardThroughMs"
         from replica_inc i join replica r using (replica) where i.state = 'active' and r.state = 'active' order by r.replica`,
      ),
    async lastRun(job) {
      const [run] = await query<FinishedRun>(
        `select job, until, done_at_ms as "doneAtMs", without from job_run where job = $1 order by until desc limit 1`,
        [job],
      );
      return run;
    },
    async finishRun({ job, until, doneAtMs, without }) {
      await query(`insert into job_run (job, until, done_at_ms, without) values ($1, $2, $3, $4) on conflict do nothing`, [
        job,
        until,
        doneAtMs,
        without,
      ]);
    },
    membersWithLapsedPool: async ({ after, until, limit }) =>
      memberIds(
        await query(
          `select distinct a.member_id as "memberId" from lot l join account a on a.lot_id = l.lot_id and a.holder = 'POOL' and a.amount > 0
           where l.expires_on > $1 and l.expires_on <= $2 order by 1 limit $3`,
          [after, until, limit],
        ),
      ),
    async membersLongUnserved({ after, until }) {
      return memberIds(
        await query(
          `with rule as (
             select doc ->> 'ruleId' as rule_id, (doc ->> 'version')::int as rule_version, make_interval(months => (doc ->> 'inactiveMonths')::int) as span
             from record where kind = 'rule' and doc ? 'inactiveMonths'
           ), holding as (
             select distinct l.member_id, rule.span from rule join lot l using (rule_id, rule_version)
             join account a on a.lot_id = l.lot_id and a.amount > 0
               and a.holder not in ('ISSUED', 'REDEEMED', 'EXPIRED', 'REVERSED', 'MOVED', 'REPAID')
           )
           select distinct h.member_id as "memberId" from holding h
           join lateral (
             select earned_on as day from lot where member_id = h.member_id
             union select event_date from ledger_entry where member_id = h.member_id and holder = 'REDEEMED' and amount > 0
           ) served on (served.day + h.span)::date > $1 and (served.day + h.span)::date <= $2
           order by 1`,
          [after, until],
        ),
      );
    },
    served: (ids) =>
      query<MemberServed>(
        `select member_id as "memberId", earned_on as "on", cause_op_id as "opId" from lot where member_id = any ($1::uuid[])
         union
         select member_id, event_date, op_id from ledger_entry
         where member_id = any ($1::uuid[]) and holder = 'REDEEMED' and amount > 0
         order by 2, 3`,
        [ids],
      ),
    due: async ({ after, limit }) =>
      memberIds(await query(`select member_id as "memberId" from lapse_due where member_id > $1 order by 1 limit $2`, [after, limit])),
    async markDue(ids) {
      if (ids.length === 0) return;
      await query(`insert into lapse_due (member_id) select unnest($1::uuid[]) order by 1 on conflict do nothing`, [ids]);
    },
    async clearDue(ids) {
      await query(`delete from lapse_due where member_id = any ($1::uuid[])`, [ids]);
    },
    async lotsEver(ids) {
      const rows = await query<{ lotId: string }>(`select lot_id as "lotId" from lot where member_id = any ($1::uuid[])`, [ids]);
      return rows.map(({ lotId }) => lotId);
    },
    charges: (ids) =>
      query<MemberCharge>(
        `select e.member_id as "memberId", coalesce(u.undone, e.op_id) as "spendOpId", e.lot_id as "lotId",
                min(e.event_date) as "spentOn", sum(e.amount)::bigint as points
         from ledger_entry e left join undo u on u.op_id = e.op_id
         where e.member_id = any ($1::uuid[]) and e.holder in ('REDEEMED', 'REPAID')
         group by 1, 2, 3 having sum(e.amount) <> 0 order by 4, 2, 3`,
        [ids],
      ),
  };
}
