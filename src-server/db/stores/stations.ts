import {
  depositsMax,
  type ClaimState,
  type Incarnation,
  type KeyDeposit,
  type PlacedIncarnation,
  type Station,
  type StationOverview,
  type StationStore,
} from "#server/app/ports/station-store.ts";
import type { Query } from "#server/db/query.ts";
import type { Seal } from "#server/db/sealing/seal.ts";
import { closeDeposit, openDeposited } from "#server/db/sealing/sealed-keys.ts";

export const incarnationColumns = `replica, incarnation, state, ack_seq as "ackSeq", ack_hash as "ackHash", last_hlc as "lastHlc",
  forked_incarnation as "forkedIncarnation", forked_seq as "forkedSeq",
  claim_count as "claimCount", claim_sum as "claimSum", claim_at_seq as "claimAtSeq", claim_at_gno as "claimAtGno",
  claim_state as "claimState"`;

/** A row as it is read; the claim's four columns are filled together or not at all. */
export type IncarnationRow = Omit<Incarnation, "claim" | "claimState" | "forkedFrom"> & {
  readonly forkedIncarnation: string | null;
  readonly forkedSeq: number | null;
  readonly claimState: ClaimState;
  readonly claimCount: number | null;
  readonly claimSum: string | null;
  readonly claimAtSeq: number | null;
  readonly claimAtGno: number | null;
};

export function toIncarnation(all: IncarnationRow): Incarnation {
  const { claimCount, claimSum, claimAtSeq, claimAtGno, forkedIncarnation, forkedSeq, ...row } = all;
  const isWhole = claimCount !== null && claimSum !== null && claimAtSeq !== null && claimAtGno !== null;
  const forkedFrom = forkedIncarnation !== null && forkedSeq !== null ? { incarnation: forkedIncarnation, seq: forkedSeq } : null;
  return { ...row, forkedFrom, claim: isWhole ? { count: claimCount, sum: claimSum, atSeq: claimAtSeq, atGno: claimAtGno } : null };
}

const claimValues = ({ claim, claimState }: Incarnation): unknown[] => [
  claim?.count ?? null,
  claim?.sum ?? null,
  claim?.atSeq ?? null,
  claim?.atGno ?? null,
  claimState,
];

export function makeStationStore(query: Query, seal: Seal): StationStore {
  return {
    async add({ branchId, publicKey, app }) {
      const [row] = await query<{ replica: number }>(
        `insert into replica (branch_id, public_key, app, state) values ($1, $2, $3, 'active') returning replica`,
        [branchId, publicKey, app],
      );
      if (!row) throw new Error("an insert returned no row");
      return row.replica;
    },
    async find(replica) {
      const [row] = await query<Station>(
        `select replica, branch_id as "branchId", public_key as "publicKey", state, clock_ahead_ms as "clockAheadMs" from replica where replica = $1`,
        [replica],
      );
      return row;
    },
    async heard(replica, atMs, told) {
      await query(
        `update replica set last_contact_ms = $2, app = coalesce($3, app), clock_ahead_ms = coalesce($4, clock_ahead_ms) where replica = $1`,
        [replica, atMs, told?.app ?? null, told?.clockAheadMs ?? null],
      );
    },
    async saidHead({ replica, incarnation }, headSeq, atMs) {
      await query(`update replica_inc set head_seq = $3, head_at_ms = $4 where replica = $1 and incarnation = $2`, [
        replica,
        incarnation,
        headSeq,
        atMs,
      ]);
    },
    async lock(replica, incarnation) {
      const [row] = await query<IncarnationRow>(
        `select ${incarnationColumns} from replica_inc where replica = $1 and incarnation = $2 for update`,
        [replica, incarnation],
      );
      return row && toIncarnation(row);
    },
    async lives(replica) {
      const rows = await query<IncarnationRow>(
        `select ${incarnationColumns} from replica_inc where replica = $1 order by registered_at_ms, incarnation`,
        [replica],
      );
      return rows.map(toIncarnation);
    },
    async register(life, atMs) {
      if (life.state === "active")
        await query(`update replica_inc set state = 'superseded' where replica = $1 and state = 'active'`, [life.replica]);
      await query(
        `insert into replica_inc (replica, incarnation, state, ack_seq, ack_hash, last_hlc,
           claim_count, claim_sum, claim_at_seq, claim_at_gno, claim_state, registered_at_ms, forked_incarnation, forked_seq)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
        [
          life.replica,
          life.incarnation,
          life.state,
          life.ackSeq,
          life.ackHash,
          life.lastHlc,
          ...claimValues(life),
          atMs,
          life.forkedFrom?.incarnation ?? null,
          life.forkedFrom?.seq ?? null,
        ],
      );
    },
    async save(life) {
      await query(
        `update replica_inc set state = $3, ack_seq = $4, ack_hash = $5, last_hlc = $6,
           claim_count = $7, claim_sum = $8, claim_at_seq = $9, claim_at_gno = $10, claim_state = $11
         where replica = $1 and incarnation = $2`,
        [life.replica, life.incarnation, life.state, life.ackSeq, life.ackHash, life.lastHlc, ...claimValues(life)],
      );
    },
    placed: ({ branchIds, incarnations }) =>
      query<PlacedIncarnation>(
        `select i.replica, i.incarnation, case when r.state = 'active' then i.state else 'fenced' end as state,
                i.claim_state as "claimState", r.branch_id as "branchId", coalesce(r.last_contact_ms, 0) as "lastContactMs"
         from replica_inc i join replica r using (replica)
         where r.branch_id = any ($1) or i.incarnation = any ($2)`,
        [branchIds, incarnations],
      ),
    async deposit(replica, { keyId, sealed, depositedAtMs }) {
      await query(
        `insert into key_deposit (replica, key_id, sealed, deposited_at_ms) values ($1, $2, $3, $4)
         on conflict (replica, key_id) do update set sealed = excluded.sealed, deposited_at_ms = excluded.deposited_at_ms`,
        [replica, keyId, closeDeposit(seal, { replica, keyId }, sealed), depositedAtMs],
      );
      await query(
        `delete from key_deposit where replica = $1 and key_id not in
           (select key_id from key_deposit where replica = $1 order by deposited_at_ms desc, key_id limit ${depositsMax})`,
        [replica],
      );
    },
    async deposits(replica) {
      const rows = await query<KeyDeposit>(
        `select key_id as "keyId", sealed, deposited_at_ms as "depositedAtMs" from key_deposit
         where replica = $1 order by deposited_at_ms desc, key_id`,
        [replica],
      );
      return rows.map((row) => ({ ...row, sealed: openDeposited(seal, { replica, keyId: row.keyId }, row.sealed) }));
    },
    overview: () =>
      query<StationOverview>(
        `select r.replica, r.branch_id as "branchId", r.app, r.last_contact_ms as "lastContactMs", r.clock_ahead_ms as "clockAheadMs",
                coalesce(i.ack_seq, 0) as "ackSeq",
                (select count(*) from op_inbox o where o.replica = r.replica and o.verdict = 'quarantined') as quarantined,
                (select count(*) from op_inbox o where o.replica = r.replica and o.verdict = 'flagged') as flagged,
                (select count(*) from op_inbox o where o.replica = r.replica
                   and o.verdict in ('flagged', 'quarantined') and o.code = 'NEVER_PERMITTED' and not exists (
                     select from record v where v.kind = 'verdict' and v.id = o.incarnation || '/' || o.seq)) as impossible,
                case when r.state <> 'active' then r.state
                     when i.state is null then 'enrolled'
                     when i.state = 'active' and i.claim_state = 'differs' then 'rights_differ'
                     else i.state end as state
         from replica r
         left join lateral (select * from replica_inc i where i.replica = r.replica
                            order by state <> 'superseded' desc, registered_at_ms desc, state limit 1) i on true
         order by r.replica`,
      ),
  };
}
