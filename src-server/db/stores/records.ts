import type { RecordStore, StoredRecord } from "#server/app/ports/record-store.ts";
import { columns, type Query } from "#server/db/query.ts";

const recordColumns = `kind, id, doc, field_clock as "fieldClock", ver`;

export function makeRecordStore(query: Query): RecordStore {
  return {
    find: (keys) =>
      query<StoredRecord>(
        `select ${recordColumns} from record where (kind, id) in (select * from unnest($1::text[], $2::text[]))`,
        columns(keys, "kind", "id"),
      ),
    async staffNamed(userName) {
      const [record] = await query<StoredRecord>(
        `select ${recordColumns} from record where kind = 'staff' and lower(doc ->> 'userName') = lower($1)`,
        [userName],
      );
      return record;
    },
    async branchCoded(code) {
      const [record] = await query<StoredRecord>(`select ${recordColumns} from record where kind = 'branch' and doc ->> 'code' = $1`, [
        code,
      ]);
      return record;
    },
    ofKind: (kind) => query<StoredRecord>(`select ${recordColumns} from record where kind = $1 order by id`, [kind]),
    membersNumbered: (memberNumbers) =>
      query<StoredRecord>(`select ${recordColumns} from record where kind = 'member' and doc ->> 'memberNumber' = any ($1)`, [
        memberNumbers,
      ]),
    ruleVersions: (ruleIds) =>
      query<StoredRecord>(`select ${recordColumns} from record where kind = 'rule' and doc ->> 'ruleId' = any ($1)`, [ruleIds]),
    proposals: (memberIds, sinceDate) =>
      query<StoredRecord>(
        `select ${recordColumns} from record
         where kind = 'proposal' and doc ->> 'memberId' = any ($1) and (doc ->> 'state' = 'open' or doc ->> 'earnedOn' >= $2)`,
        [memberIds, sinceDate],
      ),
    cardRangesOver: (cardNumbers) =>
      query<StoredRecord>(
        `select ${recordColumns} from record
         where kind = 'cardRange' and exists (
           select 1 from unnest($1::text[]) as t (number)
           where length(number) = length(doc ->> 'first') and number collate "C" between doc ->> 'first' and doc ->> 'last')`,
        [cardNumbers],
      ),
    giftMovesSinceCount: () =>
      query<StoredRecord>(
        `with move as (
           select *, max(doc ->> 'hlc') filter (where doc ->> 'why' = 'counted')
             over (partition by doc ->> 'branchId', doc ->> 'itemId') as counted
           from record where kind = 'stockMove' and doc ->> 'itemKind' = 'gift')
         select ${recordColumns} from move where counted is null or doc ->> 'hlc' >= counted
         order by doc ->> 'branchId', doc ->> 'itemId'`,
        [],
      ),
    openRequests: ({ receiptNumbers, replica }) =>
      query<StoredRecord>(
        `select ${recordColumns} from record
         where kind = 'request' and doc ->> 'state' = 'open'
           and ((doc ->> 'kind' = 'refund' and doc ->> 'reference' = any ($1)) or (doc ->> 'kind' = 'void' and doc ->> 'reference' like $2))`,
        [receiptNumbers, `${replica}-%`],
      ),
    latestProposals: () =>
      query<StoredRecord>(
        `select ${recordColumns} from record where kind = 'proposal'
         order by doc ->> 'state' = 'open' desc, (doc ->> 'proposedAtMs')::bigint desc limit 500`,
      ),
    async balances(memberNumbers) {
      const rows = await query<{ memberNumber: string; balance: number }>(
        `select m.doc ->> 'memberNumber' as "memberNumber", (b.doc ->> 'balance')::bigint as balance
         from record m join record b on b.kind = 'balance' and b.id = m.id
         where m.kind = 'member' and ($1::text[] is null or m.doc ->> 'memberNumber' = any ($1))`,
        [memberNumbers ?? null],
      );
      return new Map(rows.map(({ memberNumber, balance }) => [memberNumber, balance]));
    },
    async save(records) {
      const rows = records.map(({ kind, id, doc, fieldClock, ver }) => ({
        kind,
        id,
        ver,
        docJson: JSON.stringify(doc),
        clockJson: JSON.stringify(fieldClock),
      }));
      await query(
        `insert into record (kind, id, doc, field_clock, ver)
         select kind, id, doc::jsonb, field_clock::jsonb, ver
         from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[]) as t (kind, id, doc, field_clock, ver)
         order by kind, id
         on conflict (kind, id) do update set doc = excluded.doc, field_clock = excluded.field_clock, ver = excluded.ver`,
        columns(rows, "kind", "id", "docJson", "clockJson", "ver"),
      );
    },
  };
}
