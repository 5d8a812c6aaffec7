import { ofItsOwnAccord, type Inbox, type JudgedOperation, type LifeKey, type Settlement, type Wait } from "#server/app/ports/inbox.ts";
import { headOfficeItself } from "#server/app/operations/own-operations.ts";
import { sha256 } from "#server/app/sha256.ts";
import { askAbout, columns, type Query } from "#server/db/query.ts";
import type { Seal } from "#server/db/sealing/seal.ts";
import { staffPinWrong } from "#shared/domain/staff/ops.ts";
import type { Outcome } from "#shared/domain/verdicts/verdict.ts";
import { closePersonal, openPersonal } from "#server/db/sealing/sealed-operation.ts";

const inboxColumns = `o.replica, o.incarnation, o.seq, o.op_id as "opId", o.type, o.version, o.entity_kind as "entityKind",
  o.entity_id as "entityId", o.txn_id as "txnId", o.txn_n as "txnN", o.txn_of as "txnOf", o.hlc, o.eff_hlc as "effHlc", o.body, o.personal,
  o.personal_digest as "personalDigest", o.prev, o.hash, o.received_at_ms as "receivedAtMs", o.booking_date as "bookingDate", o.event_date as "eventDate", o.verdict, o.first,
  o.code, o.waits_for as "waitsFor", o.settle`;

type InboxRow = Omit<JudgedOperation, "entity" | "transaction" | "personal" | "personalDigest" | "first" | "code" | "waitsFor"> & {
  readonly entityKind: string | null;
  readonly entityId: string | null;
  readonly txnId: string | null;
  readonly txnN: number | null;
  readonly txnOf: number | null;
  readonly personal: Uint8Array | null;
  readonly personalDigest: Uint8Array | null;
  readonly first: Outcome | null;
  readonly code: string | null;
  readonly waitsFor: string | null;
  readonly settle: Settlement;
};

const toRow = (seal: Seal, { entity, transaction, ...op }: JudgedOperation) => ({
  ...op,
  personal: op.personal && closePersonal(seal, op, op.personal),
  entityKind: entity?.kind,
  entityId: entity?.id,
  txnId: transaction?.id,
  txnN: transaction?.n,
  txnOf: transaction?.of,
  settleJson: JSON.stringify(op.settle),
});

function toOperation(
  seal: Seal,
  { entityKind, entityId, txnId, txnN, txnOf, personal, personalDigest, first, code, waitsFor, ...row }: InboxRow,
): JudgedOperation {
  return {
    ...row,
    entity: entityKind === null || entityId === null ? undefined : { kind: entityKind, id: entityId },
    transaction: txnId === null || txnN === null || txnOf === null ? undefined : { id: txnId, n: txnN, of: txnOf },
    personal: personal ? openPersonal(seal, row, personal) : undefined,
    ...(personalDigest && { personalDigest }),
    ...(first && { first }),
    ...(code !== null && { code }),
    ...(waitsFor !== null && { waitsFor }),
  };
}

/** About $1, by its header or anywhere in its body; or naming one of $2 there. Every operation is looked at: nobody is forgotten in a hurry. */
const isPersonalAbout = `o.personal is not null and (
  (o.entity_kind = 'member' and o.entity_id = $1)
  or exists (select from unnest(array_append($2::text[], $1)) as named (id) where position(convert_to(named.id, 'UTF8') in o.body) > 0))`;

export function makeInbox(query: Query, seal: Seal): Inbox {
  const asOperation = (row: InboxRow): JudgedOperation => toOperation(seal, row);
  return {
    async insert(operations) {
      const rows = operations.map((op) => toRow(seal, op));
      await askAbout(
        query,
        `insert into op_inbox (replica, incarnation, seq, op_id, type, version, entity_kind, entity_id, txn_id, txn_n, txn_of, hlc, eff_hlc,
           body, personal, personal_digest, prev, hash, received_at_ms, booking_date, event_date, verdict, first, code, waits_for, settle)
         select replica, incarnation, seq, op_id, type, version, entity_kind, entity_id, txn_id, txn_n, txn_of, hlc, eff_hlc,
           body, personal, personal_digest, prev, hash, received_at_ms, booking_date, event_date, verdict, first, code, waits_for, settle::jsonb
         from unnest($1::int[], $2::text[], $3::bigint[], $4::uuid[], $5::text[], $6::int[], $7::text[], $8::text[], $9::text[], $10::int[],
           $11::int[], $12::text[], $13::text[], $14::bytea[], $15::bytea[], $16::bytea[], $17::bytea[], $18::bytea[], $19::bigint[],
           $20::date[], $21::date[], $22::text[], $23::text[], $24::text[], $25::text[], $26::text[])
         as t (replica, incarnation, seq, op_id, type, version, entity_kind, entity_id, txn_id, txn_n, txn_of, hlc, eff_hlc,
           body, personal, personal_digest, prev, hash, received_at_ms, booking_date, event_date, verdict, first, code, waits_for, settle)`,
        columns(
          rows,
          "replica",
          "incarnation",
          "seq",
          "opId",
          "type",
          "version",
          "entityKind",
          "entityId",
          "txnId",
          "txnN",
          "txnOf",
          "hlc",
          "effHlc",
          "body",
          "personal",
          "personalDigest",
          "prev",
          "hash",
          "receivedAtMs",
          "bookingDate",
          "eventDate",
          "verdict",
          "first",
          "code",
          "waitsFor",
          "settleJson",
        ),
      );
      // What was heard before keeps its first place: the same id from another life is a duplicate or a forgery, and was judged as such.
      const firstHeard = rows.filter(({ verdict, code }) => verdict !== "duplicate" && code !== "OP_ID_REUSED");
      await askAbout(
        query,
        `insert into op_id (op_id, replica, incarnation, seq) select * from unnest($1::uuid[], $2::int[], $3::text[], $4::bigint[])`,
        columns(firstHeard, "opId", "replica", "incarnation", "seq"),
      );
    },
    async find(opIds) {
      const rows = await askAbout<InboxRow>(
        query,
        `select ${inboxColumns} from op_id i join op_inbox o using (replica, incarnation, seq) where i.op_id = any ($1::uuid[])`,
        [opIds],
      );
      return rows.map(asOperation);
    },
    async numbered(slips) {
      const rows = await askAbout<InboxRow>(
        query,
        `select ${inboxColumns} from op_inbox o where (replica, seq) in (select * from unnest($1::int[], $2::bigint[]))`,
        columns(slips, "replica", "seq"),
      );
      return rows.map(asOperation);
    },
    async range(replica, incarnation, fromSeq, toSeq) {
      const rows = await query<InboxRow>(
        `select ${inboxColumns} from op_inbox o where replica = $1 and incarnation = $2 and seq between $3 and $4 order by seq`,
        [replica, incarnation, fromSeq, toSeq],
      );
      return rows.map(asOperation);
    },
    async wrongPinsInADay(staffId, afterMs) {
      const [day] = await query<{ tries: number }>(
        `select count(*) as tries from op_inbox
         where type = '${staffPinWrong.type}' and entity_id = $1 and received_at_ms > $2 and verdict in ('applied', 'flagged')
         group by event_date order by tries desc limit 1`,
        [staffId, afterMs],
      );
      return day?.tries ?? 0;
    },
    waits: (incarnation) => query<Wait>(`select subject, op_id as "opId" from waiting where incarnation = $1`, [incarnation]),
    async addWaits(incarnation, waits) {
      await askAbout(
        query,
        `insert into waiting (incarnation, subject, op_id) select $3, * from unnest($1::text[], $2::uuid[]) on conflict do nothing`,
        [...columns(waits, "subject", "opId"), incarnation],
      );
    },
    async clearWaits(incarnation) {
      await query(`delete from waiting where incarnation = $1`, [incarnation]);
    },
    async unresolved({ replica, incarnation }) {
      const rows = await query<InboxRow>(
        `select ${inboxColumns} from op_inbox o
         where replica = $1 and incarnation = $2 and verdict in ('parked', 'quarantined') order by seq`,
        [replica, incarnation],
      );
      return rows.map(asOperation);
    },
    async judgedAgain(operations) {
      await askAbout(
        query,
        `update op_inbox o set verdict = t.verdict, code = t.code, waits_for = t.waits_for, settle = t.settle::jsonb, booking_date = t.booking_date
         from unnest($1::int[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::date[])
           as t (replica, incarnation, seq, verdict, code, waits_for, settle, booking_date)
         where (o.replica, o.incarnation, o.seq) = (t.replica, t.incarnation, t.seq)`,
        columns(
          operations.map((op) => toRow(seal, op)),
          "replica",
          "incarnation",
          "seq",
          "verdict",
          "code",
          "waitsFor",
          "settleJson",
          "bookingDate",
        ),
      );
    },
    parkedFor: () =>
      query<LifeKey & { waitsFor: string }>(
        `select distinct replica, incarnation, waits_for as "waitsFor" from op_inbox
         where verdict = 'parked' and waits_for not like 'operation:%' order by replica, incarnation, waits_for`,
      ),
    async authorBranches(opIds) {
      const rows = await query<{ opId: string; branchId: string }>(
        `select i.op_id as "opId", r.branch_id as "branchId" from op_id i join replica r using (replica) where i.op_id = any ($1::uuid[])`,
        [opIds],
      );
      return new Map(rows.map(({ opId, branchId }) => [opId, branchId]));
    },
    async ownOfTypes(incarnation, types) {
      const rows = await query<InboxRow>(
        `select ${inboxColumns} from op_inbox o where replica = 0 and incarnation = $1 and type = any ($2) order by seq`,
        [incarnation, types],
      );
      return rows.map(asOperation);
    },
    async ownOfPeople(incarnation, belowSeq, limit) {
      const rows = await query<InboxRow>(
        `select ${inboxColumns} from op_inbox o
         where replica = 0 and incarnation = $1 and seq < coalesce($2, seq + 1) and type <> all ($3) order by seq desc limit $4`,
        [incarnation, belowSeq, ofItsOwnAccord, limit],
      );
      return rows.map(asOperation);
    },
    async countPersonal(about) {
      const [row] = await query<{ entries: number }>(`select count(*) as entries from op_inbox o where ${isPersonalAbout}`, [
        about.memberId,
        about.named,
      ]);
      return row?.entries ?? 0;
    },
    async forget(about) {
      const rows = await query<InboxRow>(`select ${inboxColumns} from op_inbox o where ${isPersonalAbout} for update`, [
        about.memberId,
        about.named,
      ]);
      // What is sealed is opened once more, since the chain was made over what was said.
      const digests = rows.map(asOperation).map(({ personal = new Uint8Array(), ...op }) => ({ ...op, digest: sha256(personal) }));
      await askAbout(
        query,
        `update op_inbox o set personal = null, personal_digest = t.digest
         from unnest($1::int[], $2::text[], $3::bigint[], $4::bytea[]) as t (replica, incarnation, seq, digest)
         where (o.replica, o.incarnation, o.seq) = (t.replica, t.incarnation, t.seq)`,
        columns(digests, "replica", "incarnation", "seq", "digest"),
      );
      return rows.length;
    },
    async inQueue(verdict, branchId, limit) {
      const rows = await query<InboxRow>(
        `select ${inboxColumns} from op_inbox o join replica r using (replica)
         where verdict = $1 and ($2::text is null or r.branch_id = $2) and not (verdict = 'flagged' and exists (
           select from record v where v.kind = 'verdict' and v.id = o.incarnation || '/' || o.seq and v.doc ->> 'decidedBy' <> $4))
         order by received_at_ms desc, replica, seq limit $3`,
        [verdict, branchId, limit, headOfficeItself],
      );
      return rows.map(asOperation);
    },
    async count() {
      const [row] = await query<{ operations: number }>(`select count(*) as operations from op_inbox where replica <> 0`);
      return row?.operations ?? 0;
    },
  };
}
