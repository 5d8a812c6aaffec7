import type { RecordStore, StoredRecord } from "#server/app/ports/record-store.ts";
import { askAbout, columns, type Query } from "#server/db/query.ts";
import { balanceAsOf } from "./balance-as-of.ts";
import { asSigned } from "#server/db/row-hashes.ts";
import type { Seal } from "#server/db/sealing/seal.ts";
import { closeDoc, openDoc } from "#server/db/sealing/sealed-record.ts";
import { phoneTag, userNameTag } from "#server/db/sealing/tags.ts";

/** Whoever brings entries holds this advisory lock with others, whoever brings requests alone. Any constant would do. */
const requestsLock = 8_402;

const recordColumns = `kind, id, doc, sealed, field_clock as "fieldClock", ver`;

type RecordRow = StoredRecord & { readonly sealed: Uint8Array | null };

/** A record whose personal fields are opened by the first who looks: of the rows about a member most are only asked for their version. */
function openedWhenRead(seal: Seal, { kind, id, fieldClock, ver, doc, sealed }: RecordRow): StoredRecord {
  let opened: StoredRecord["doc"] | undefined;
  return {
    kind,
    id,
    fieldClock,
    ver,
    get doc() {
      return (opened ??= openDoc(seal, { kind, id }, { doc, sealed }));
    },
  };
}

export function makeRecordStore(query: Query, seal: Seal): RecordStore {
  const records = async (text: string, values: readonly unknown[] = []): Promise<readonly StoredRecord[]> =>
    opened(await query<RecordRow>(text, values));
  /** @param rows what they are looked for by, as `columns` makes it */
  const recordsOf = async (text: string, rows: Parameters<typeof askAbout>[2]): Promise<readonly StoredRecord[]> =>
    opened(await askAbout<RecordRow>(query, text, rows));
  function opened(rows: readonly RecordRow[]): readonly StoredRecord[] {
    return rows.map((row) => openedWhenRead(seal, row));
  }
  return {
    // Of pairs PostgreSQL makes a table that it joins, by reading all records; two lists it looks up in the index, and skips kinds of which there
    // is nothing. What lies under another pair of the two is left out here.
    async find(keys) {
      const wanted = Map.groupBy(keys, ({ kind }) => kind);
      const asked = new Map([...wanted].map(([kind, ofKind]) => [kind, new Set(ofKind.map(({ id }) => id))]));
      const ids = new Set(keys.map(({ id }) => id));
      const found = await recordsOf(`select ${recordColumns} from record where id = any ($1::text[]) and kind = any ($2::text[])`, [
        [...ids],
        [...asked.keys()],
      ]);
      return found.filter(({ kind, id }) => asked.get(kind)?.has(id));
    },
    async staffNamed(userName) {
      const [record] = await records(`select ${recordColumns} from record where kind = 'staff' and tags[1] = $1`, [
        userNameTag(seal, userName),
      ]);
      return record;
    },
    async branchCoded(code) {
      const [record] = await records(`select ${recordColumns} from record where kind = 'branch' and doc ->> 'code' = $1`, [code]);
      return record;
    },
    ofKind: (kind) => records(`select ${recordColumns} from record where kind = $1 order by id`, [kind]),
    membersNumbered: (memberNumbers) =>
      recordsOf(`select ${recordColumns} from record where kind = 'member' and doc ->> 'memberNumber' = any ($1)`, [memberNumbers]),
    membersJoinedLast: (limit) =>
      records(`select ${recordColumns} from record where kind = 'member' order by (doc ->> 'createdAtMs')::bigint desc, id desc limit $1`, [
        limit,
      ]),
    membersWithPhones: (phones) =>
      records(`select ${recordColumns} from record where kind = 'member' and tags && $1::text[] order by id`, [
        phones.map((phone) => phoneTag(seal, phone)),
      ]),
    ruleVersions: (ruleIds) =>
      recordsOf(`select ${recordColumns} from record where kind = 'rule' and doc ->> 'ruleId' = any ($1)`, [ruleIds]),
    ofMembers: (memberIds, sinceDate) =>
      recordsOf(
        `select ${recordColumns} from record
         where kind = 'proposal' and doc ->> 'memberId' = any ($1) and (doc ->> 'state' = 'open' or doc ->> 'earnedOn' >= $2)
         union all
         select ${recordColumns} from record where kind = 'lapse' and doc ->> 'memberId' = any ($1) and doc ->> 'bookedOn' >= $2
         union all
         select ${recordColumns} from record where kind = 'review' and doc ->> 'memberId' = any ($1)`,
        [memberIds, sinceDate],
      ),
    aboutPerson: (memberId) =>
      records(
        `select ${recordColumns} from record
         where kind in ('review', 'proposal', 'request') and doc ->> 'memberId' = $1 order by kind, id`,
        [memberId],
      ),
    lapses: (memberIds) =>
      recordsOf(`select ${recordColumns} from record where kind = 'lapse' and doc ->> 'memberId' = any ($1)`, [memberIds]),
    proposalsHeldBy: (incarnation) =>
      records(
        `select ${recordColumns} from record where kind = 'proposal' and doc ->> 'state' = 'open' and doc ->> 'heldBy' = $1 order by id`,
        [incarnation],
      ),
    holdsOf: (incarnation) =>
      records(
        `select ${recordColumns} from record where kind = 'hold' and doc ->> 'state' = 'held' and doc ->> 'heldBy' = $1 order by id`,
        [incarnation],
      ),
    openRecalls: (memberIds) =>
      recordsOf(
        `select ${recordColumns} from record
         where kind = 'recall' and doc ->> 'state' = 'open' and doc ->> 'memberId' = any ($1) order by id`,
        [memberIds],
      ),
    cardRangesOver: (cardNumbers) =>
      recordsOf(
        `select ${recordColumns} from record
         where kind = 'cardRange' and exists (
           select 1 from unnest($1::text[]) as t (number)
           where length(number) = length(doc ->> 'first') and number collate "C" between doc ->> 'first' and doc ->> 'last')`,
        [cardNumbers],
      ),
    giftMovesSinceCount: () =>
      records(
        `with move as (
           select *, max(doc ->> 'hlc') filter (where doc ->> 'why' = 'counted')
             over (partition by doc ->> 'branchId', doc ->> 'itemId') as counted
           from record where kind = 'stockMove' and doc ->> 'itemKind' = 'gift')
         select ${recordColumns} from move where counted is null or doc ->> 'hlc' >= counted
         order by doc ->> 'branchId', doc ->> 'itemId'`,
        [],
      ),
    openRequests: ({ receiptNumbers, replica }) =>
      records(
        `select ${recordColumns} from record
         where kind = 'request' and doc ->> 'state' = 'open'
           and ((doc ->> 'kind' = 'refund' and doc ->> 'reference' = any ($1)) or (doc ->> 'kind' = 'void' and doc ->> 'reference' like $2))`,
        [receiptNumbers, `${replica}-%`],
      ),
    takeTurn: async (brings) => {
      await query(`select pg_advisory_xact_lock${brings === "entries" ? "_shared" : ""}($1)`, [requestsLock]);
    },
    purchasesWithOwner: () =>
      query<{ purchaseId: string; memberId: string }>(
        `select p.id as "purchaseId", c.member_id as "memberId" from record p join card c on c.card_number = p.doc ->> 'cardNumber'
         where p.kind = 'keptPurchase' and p.doc ->> 'state' = 'open' order by (p.doc ->> 'keptAtMs')::bigint, p.id`,
      ),
    purchasesUnclaimed: (keptBeforeMs) =>
      records(
        `select ${recordColumns} from record
         where kind = 'keptPurchase' and doc ->> 'state' = 'open' and (doc ->> 'keptAtMs')::bigint < $1
         order by (doc ->> 'keptAtMs')::bigint, id`,
        [keptBeforeMs],
      ),
    sentRequests: (origin) =>
      records(
        `select ${recordColumns} from record
         where kind = 'request' and doc ->> 'state' = 'sent' and (doc ->> 'origin')::bigint = $1 order by id`,
        [origin],
      ),
    latestProposals: () =>
      records(
        `select ${recordColumns} from record where kind = 'proposal'
         order by doc ->> 'state' = 'open' desc, (doc ->> 'proposedAtMs')::bigint desc limit 500`,
      ),
    async balances(memberNumbers, today) {
      const rows = await query<{ memberNumber: string; balance: number }>(
        `select m.doc ->> 'memberNumber' as "memberNumber", ${balanceAsOf("$2")} as balance
         from record m join record b on b.kind = 'balance' and b.id = m.id
         where m.kind = 'member' and ($1::text[] is null or m.doc ->> 'memberNumber' = any ($1))`,
        [memberNumbers ?? null, today],
      );
      return new Map(rows.map(({ memberNumber, balance }) => [memberNumber, balance]));
    },
    async save(changed) {
      const rows = changed.map(({ kind, id, doc, fieldClock, ver, hash }) => {
        const closed = closeDoc(seal, { kind, id }, doc);
        return {
          kind,
          id,
          ver,
          docJson: JSON.stringify(closed.doc),
          sealed: closed.sealed,
          // As one text: arrays in an array would have to be of one length.
          tags: closed.tags?.join(" "),
          clockJson: JSON.stringify(fieldClock),
          hash: hash === undefined ? null : asSigned(hash),
        };
      });
      await askAbout(
        query,
        `insert into record (kind, id, doc, sealed, tags, field_clock, ver, hash)
         select kind, id, doc::jsonb, sealed, string_to_array(tags, ' '), field_clock::jsonb, ver, hash
         from unnest($1::text[], $2::text[], $3::text[], $4::bytea[], $5::text[], $6::text[], $7::bigint[], $8::bigint[])
           as t (kind, id, doc, sealed, tags, field_clock, ver, hash)
         order by kind, id
         on conflict (kind, id) do update set doc = excluded.doc, sealed = excluded.sealed, tags = excluded.tags,
           field_clock = excluded.field_clock, ver = excluded.ver, hash = excluded.hash`,
        columns(rows, "kind", "id", "docJson", "sealed", "tags", "clockJson", "ver", "hash"),
      );
    },
  };
}
