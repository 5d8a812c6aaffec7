import type {
  Account,
  AccountOfLife,
  Card,
  Draw,
  FirstAward,
  LateEntries,
  LedgerEntry,
  LedgerStore,
  Undo,
  Visits,
} from "#server/app/ports/ledger-store.ts";
import type { BookedAccount } from "#shared/domain/periods/period.ts";
import type { Lot } from "#shared/domain/ledger/lots.ts";
import { askAbout, columns, type Query } from "#server/db/query.ts";

type AccountSum = Pick<LedgerEntry, "holder" | "memberId" | "amount"> & { readonly lotId: string };

const unspent = `amount > 0 and holder not in ('ISSUED', 'REDEEMED', 'EXPIRED', 'REVERSED', 'MOVED', 'REPAID')`;

/** Of entries: those of limited benefits are not points, and stand in no report of points. */
const isOfPoints = `(lot_id is null or lot_id not in (select lot_id from lot where kind = 'benefit'))`;

/** What a transaction's entries come to, by account; nothing where they cancel out. */
function accountSums(entries: readonly LedgerEntry[]): readonly AccountSum[] {
  const sums = new Map<string, AccountSum>();
  for (const { lotId, holder, memberId, amount } of entries) {
    if (lotId === null) continue;
    const key = `${lotId}/${holder}`;
    sums.set(key, { lotId, holder, memberId, amount: amount + (sums.get(key)?.amount ?? 0) });
  }
  return [...sums.values()].filter(({ amount }) => amount !== 0);
}

const whole = (lot: Lot) => ({ kind: "points", contributor: null, ...lot });

/** What is added opens the account if there is none; so does the issue of a lot. */
const mayBeNew = ({ holder, amount }: AccountSum): boolean => amount > 0 || holder === "ISSUED";

export function makeLedgerStore(query: Query): LedgerStore {
  async function awardsOf(receiptNumbers: readonly string[]): Promise<ReadonlyMap<string, FirstAward>> {
    if (receiptNumbers.length === 0) return new Map();
    const rows = await query<FirstAward & { receiptNumber: string }>(
      `select receipt_number as "receiptNumber", op_id as "opId", replica from receipt where receipt_number = any ($1)`,
      [receiptNumbers],
    );
    return new Map(rows.map(({ receiptNumber, ...first }) => [receiptNumber, first]));
  }

  return {
    async closedUntil() {
      const [row] = await query<{ until: string | null }>(`select max(id) as until from record where kind = 'period'`);
      return row?.until ?? undefined;
    },
    // The digest of an entry is cut to 60 bits, so that it fits a whole number; the sums are as long as they have to be.
    booked: ({ after, until }) =>
      query<BookedAccount>(
        `select split_part(holder, ':', 1) as account, sum(amount)::bigint as amount, count(*)::bigint as entries,
                sum(('x' || substr(md5(concat_ws('|', op_id, line, lot_id, member_id, holder, amount, event_date, booking_date)), 1, 15))
                  ::bit(60)::bigint)::text as fingerprint
         from ledger_entry where ${isOfPoints} and booking_date <= $2 and ($1::date is null or booking_date > $1) group by 1 order by 1`,
        [after, until],
      ),
    lateFacts: ({ after, until, limit }) =>
      query<LateEntries>(
        `select e.op_id as "opId", o.type, e.member_id as "memberId", e.event_date as "eventDate", e.booking_date as "bookingDate",
                sum(case when split_part(e.holder, ':', 1) in ('POOL', 'RIGHT', 'HELD', 'LIMBO') then e.amount else 0 end)::bigint as points
         from ledger_entry e join op_id i using (op_id)
         join op_inbox o on (o.replica, o.incarnation, o.seq) = (i.replica, i.incarnation, i.seq)
         where e.booking_date > $2 and e.event_date <= $2 and ($1::date is null or e.event_date > $1) and e.lot_id is not null
           and e.lot_id not in (select lot_id from lot where kind = 'benefit')
         group by 1, 2, 3, 4, 5 order by 5, 1 limit $3`,
        [after, until, limit],
      ),
    async lock(memberIds) {
      if (memberIds.length === 0) return new Map();
      await query(
        `insert into member_account (member_id, holder, amount)
         select member_id, holder, 0 from unnest($1::uuid[]) as member_id, unnest(array['DEBT', 'CLAIM']) as holder
         order by member_id, holder on conflict do nothing`,
        [memberIds],
      );
      const rows = await query<{ memberId: string; amount: number }>(
        `select member_id as "memberId", amount from member_account
         where member_id = any ($1::uuid[]) and holder = 'DEBT' order by member_id for update`,
        [memberIds],
      );
      return new Map(rows.map(({ memberId, amount }) => [memberId, amount]));
    },
    async lots({ memberIds, lotIds }) {
      const rows = await query<Omit<Lot, "contributor"> & { contributor: string | null } & Pick<Account, "holder" | "amount">>(
        `select l.lot_id as "lotId", l.kind, l.member_id as "memberId", l.points, l.cause_op_id as "causeOpId", l.rule_id as "ruleId",
                l.rule_version as "ruleVersion", l.earned_on as "earnedOn", l.expires_on as "expiresOn", l.contributor, a.holder, a.amount
         from lot l join account a using (lot_id)
         where l.lot_id in (select lot_id from account where member_id = any ($1::uuid[]) and ${unspent} union select unnest($2::uuid[]))`,
        [memberIds, lotIds],
      );
      const lots = new Map(
        rows.map(({ holder: _holder, amount: _amount, kind, contributor, ...lot }) => [
          lot.lotId,
          { ...lot, ...(kind === "benefit" && { kind }), ...(contributor !== null && { contributor }) },
        ]),
      );
      return {
        lots: [...lots.values()],
        accounts: rows.map(({ lotId, holder, memberId, amount }) => ({ lotId, holder, memberId, amount })),
      };
    },
    heldBy: (holders) =>
      query<AccountOfLife>(
        `select a.lot_id as "lotId", a.holder, a.member_id as "memberId", a.amount, l.kind from account a join lot l using (lot_id)
         where holder = any ($1) and ${unspent} order by a.member_id, a.lot_id, a.holder`,
        [holders],
      ),
    lifeTotals: () =>
      query(
        `select split_part(a.holder, ':', 2) as incarnation,
                coalesce(sum(a.amount) filter (where l.kind = 'points'), 0)::bigint as points,
                count(distinct a.member_id) filter (where l.kind = 'points') as members,
                coalesce(sum(a.amount) filter (where l.kind = 'benefit'), 0)::bigint as budget
         from account a join lot l using (lot_id) where ${unspent} and holder <> 'POOL' group by 1 order by 1`,
      ),
    undone: (opIds) => askAbout<Undo>(query, `select undone, op_id as "opId" from undo where undone = any ($1::uuid[])`, [opIds]),
    cards: ({ memberIds, cardNumbers }) =>
      query<Card>(
        `select card_number as "cardNumber", card_kind as "cardKind", member_id as "memberId", state,
                blocked_reason as "blockedReason", blocked_on as "blockedOn", blocked_hlc as "blockedHlc",
                main_card as "mainCard", issued_hlc as "issuedHlc", issue_op as "issueOp"
         from card where member_id = any ($1::uuid[]) or card_number = any ($2)`,
        [memberIds, cardNumbers],
      ),
    async claimReceipts(awards) {
      if (awards.length === 0) return new Map();
      await query(
        `insert into receipt (receipt_number, op_id, replica)
         select distinct on (receipt_number) * from unnest($1::text[], $2::uuid[], $3::int[]) as t (receipt_number, op_id, replica)
         order by receipt_number
         on conflict (receipt_number) do update set op_id = excluded.op_id, replica = excluded.replica
           where exists (select 1 from undo where undone = receipt.op_id)`,
        columns(awards, "receiptNumber", "opId", "replica"),
      );
      return awardsOf(awards.map(({ receiptNumber }) => receiptNumber));
    },
    awardsOf,
    async save({ lots, entries, undos, newCards, blockedCards, grants }) {
      await askAbout(
        query,
        `insert into lot (lot_id, member_id, points, cause_op_id, rule_id, rule_version, earned_on, expires_on, kind, contributor)
         select * from unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::uuid[], $5::text[], $6::int[], $7::date[], $8::date[], $9::text[], $10::uuid[])`,
        columns(
          lots.map(whole),
          "lotId",
          "memberId",
          "points",
          "causeOpId",
          "ruleId",
          "ruleVersion",
          "earnedOn",
          "expiresOn",
          "kind",
          "contributor",
        ),
      );
      await askAbout(
        query,
        `insert into ledger_entry (op_id, line, lot_id, member_id, holder, amount, event_date, booking_date)
         select * from unnest($1::uuid[], $2::int[], $3::uuid[], $4::uuid[], $5::text[], $6::bigint[], $7::date[], $8::date[])`,
        columns(entries, "opId", "line", "lotId", "memberId", "holder", "amount", "eventDate", "bookingDate"),
      );
      const sums = accountSums(entries);
      const add = (changed: readonly AccountSum[]): Promise<unknown> =>
        askAbout(
          query,
          `insert into account (lot_id, holder, member_id, amount)
           select * from unnest($1::uuid[], $2::text[], $3::uuid[], $4::bigint[])
           on conflict (lot_id, holder) do update set amount = account.amount + excluded.amount`,
          columns(changed, "lotId", "holder", "memberId", "amount"),
        );
      await add(sums.filter(mayBeNew));
      // A check looks at a row that is inserted before it looks for a conflict, so what is taken from an account is not written that way.
      const taken = sums.filter((sum) => !mayBeNew(sum));
      const charged = await askAbout(
        query,
        // The lots once more, as a list: of the joined table alone PostgreSQL would look at every account there is.
        `update account a set amount = a.amount + t.amount from unnest($1::uuid[], $2::text[], $3::bigint[]) as t (lot_id, holder, amount)
         where a.lot_id = any ($1::uuid[]) and a.lot_id = t.lot_id and a.holder = t.holder returning 1`,
        columns(taken, "lotId", "holder", "amount"),
      );
      // From an account that there is not: the database shall refuse it, as any that would go below zero.
      if (charged.length < taken.length) await add(taken);
      const ofMembers = entries.filter(({ lotId }) => lotId === null);
      await askAbout(
        query,
        `update member_account a set amount = a.amount + t.amount
         from (select member_id, holder, sum(amount)::bigint as amount
               from unnest($1::uuid[], $2::text[], $3::bigint[]) as t (member_id, holder, amount) group by member_id, holder) t
         where a.member_id = t.member_id and a.holder = t.holder`,
        columns(ofMembers, "memberId", "holder", "amount"),
      );
      await askAbout(
        query,
        `insert into undo (undone, op_id) select * from unnest($1::uuid[], $2::uuid[])`,
        columns(undos, "undone", "opId"),
      );
      // Cards that stop first: a member has one that works, and the new one may be for the old.
      await askAbout(
        query,
        `update card c set state = 'blocked', blocked_reason = t.reason, blocked_on = t.on_date, blocked_hlc = t.hlc
         from unnest($1::text[], $2::text[], $3::date[], $4::text[]) as t (card_number, reason, on_date, hlc) where c.card_number = t.card_number`,
        columns(blockedCards, "cardNumber", "blockedReason", "blockedOn", "blockedHlc"),
      );
      await askAbout(
        query,
        `insert into card (card_number, card_kind, member_id, state, blocked_reason, blocked_on, blocked_hlc, main_card, issued_hlc, issue_op)
         select * from unnest($1::text[], $2::text[], $3::uuid[], $4::text[], $5::text[], $6::date[], $7::text[], $8::text[], $9::text[], $10::uuid[])
           as t (card_number, card_kind, member_id, state, blocked_reason, blocked_on, blocked_hlc, main_card, issued_hlc, issue_op)
         order by card_number`,
        columns(
          newCards,
          "cardNumber",
          "cardKind",
          "memberId",
          "state",
          "blockedReason",
          "blockedOn",
          "blockedHlc",
          "mainCard",
          "issuedHlc",
          "issueOp",
        ),
      );
      await askAbout(
        query,
        `insert into grant_out (op_id, replica, incarnation, gno, member_id)
         select * from unnest($1::uuid[], $2::int[], $3::text[], $4::bigint[], $5::uuid[])`,
        columns(grants, "opId", "replica", "incarnation", "gno", "memberId"),
      );
    },
    async lastGrantNumbers(incarnations) {
      const rows = await query<{ incarnation: string; gno: number }>(
        `select incarnation, max(gno) as gno from grant_out where incarnation = any ($1) group by incarnation`,
        [incarnations],
      );
      return new Map(rows.map(({ incarnation, gno }) => [incarnation, gno]));
    },
    rightsAsOf: (incarnation, atSeq, atGno) =>
      query(
        `with later as (
           select op_id from op_inbox where incarnation = $1 and replica = (select replica from replica_inc where incarnation = $1) and seq > $2
           union all
           select op_id from grant_out where incarnation = $1 and gno > $3),
         sums as (
           select lot_id, amount from account where holder = 'RIGHT:' || $1 and amount > 0
           union all
           select e.lot_id, -e.amount from ledger_entry e join later using (op_id) where e.holder = 'RIGHT:' || $1)
         select lot_id as "lotId", sum(amount)::bigint as points from sums group by lot_id having sum(amount) <> 0`,
        [incarnation, atSeq, atGno],
      ),
    async findDraw(drawId) {
      const [draw] = await query<Draw>(
        `select draw_id as "drawId", incarnation, member_id as "memberId", want, granted from draw where draw_id = $1`,
        [drawId],
      );
      return draw;
    },
    async addDraw({ drawId, incarnation, memberId, want, granted }) {
      await query(`insert into draw (draw_id, incarnation, member_id, want, granted) values ($1, $2, $3, $4, $5)`, [
        drawId,
        incarnation,
        memberId,
        want,
        granted,
      ]);
    },
    async addVisits(visits, month) {
      await askAbout(
        query,
        `insert into working_set (member_id, branch_id, visits, month)
         select member_id, branch_id, visits, $4 from unnest($1::uuid[], $2::text[], $3::int[]) as t (member_id, branch_id, visits)
         on conflict (member_id, branch_id, month) do update set visits = working_set.visits + excluded.visits`,
        [...columns(visits, "memberId", "branchId", "visits"), month],
      );
    },
    notVisitedSince: (month, limit) =>
      query<Omit<Visits, "visits">>(
        `select member_id as "memberId", branch_id as "branchId" from working_set
         group by member_id, branch_id having max(month) < $1 order by member_id, branch_id limit $2`,
        [month, limit],
      ),
    async forgetVisits(memberId, branchId) {
      await query(`delete from working_set where member_id = $1 and branch_id = $2`, [memberId, branchId]);
    },
    visits: (memberIds, sinceMonth) =>
      askAbout<Visits>(
        query,
        `select member_id as "memberId", branch_id as "branchId", coalesce(sum(visits) filter (where month >= $2), 0)::bigint as visits
         from working_set where member_id = any ($1::uuid[]) group by member_id, branch_id`,
        [memberIds, sinceMonth],
      ),
  };
}
