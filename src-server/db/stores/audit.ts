import type { Audit, Damage } from "#server/app/ports/audit.ts";
import type { LedgerEntry } from "#server/app/ports/ledger-store.ts";
import type { Query } from "#server/db/query.ts";
import { incarnationColumns, toIncarnation, type IncarnationRow } from "./stations.ts";

export function makeAudit(query: Query): Audit {
  return {
    unbalanced: () =>
      query<Damage>(
        `select distinct 'ledger_entry' as "table", op_id::text as id
         from (select op_id from ledger_entry group by op_id, lot_id, case when lot_id is null then member_id end having sum(amount) <> 0) e
         union all
         select 'account', coalesce(a.lot_id, e.lot_id) || '/' || coalesce(a.holder, e.holder)
         from account a
         full join (select lot_id, holder, sum(amount) as amount from ledger_entry where lot_id is not null group by lot_id, holder) e
           using (lot_id, holder)
         where coalesce(a.amount, 0) <> coalesce(e.amount, 0) or (holder <> 'ISSUED' and a.amount < 0)
         union all
         select 'member_account', coalesce(a.member_id, e.member_id) || '/' || coalesce(a.holder, e.holder)
         from member_account a
         full join (select member_id, holder, sum(amount) as amount from ledger_entry where lot_id is null group by member_id, holder) e
           using (member_id, holder)
         where coalesce(a.amount, 0) <> coalesce(e.amount, 0) or (holder <> 'CLAIM' and a.amount < 0)
         order by 1, 2`,
      ),
    async incarnations() {
      const rows = await query<IncarnationRow>(`select ${incarnationColumns} from replica_inc order by replica, incarnation`);
      return rows.map(toIncarnation);
    },
    entriesOf: (opIds) =>
      query<LedgerEntry>(
        `select op_id as "opId", line, lot_id as "lotId", member_id as "memberId", holder, amount,
                event_date as "eventDate", booking_date as "bookingDate"
         from ledger_entry where op_id = any ($1::uuid[]) order by op_id, line`,
        [opIds],
      ),
    orphans: () =>
      query<Damage>(
        `select distinct 'ledger_entry' as "table", op_id::text as id from ledger_entry e
         where not exists (select 1 from op_id o where o.op_id = e.op_id)
         union all
         select 'op_id', op_id::text from op_id i
         where not exists (select 1 from op_inbox o where (o.replica, o.incarnation, o.seq) = (i.replica, i.incarnation, i.seq))
         order by 1, 2`,
      ),
  };
}
