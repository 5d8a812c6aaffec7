import type { OneTimeCode, ServerIdentity, Session } from "#server/app/ports/access-store.ts";
import type { FeedMove, StreamHead } from "#server/app/ports/feed-store.ts";
import type { JudgedOperation, Wait } from "#server/app/ports/inbox.ts";
import type { FinishedRun } from "#server/app/ports/lapse-store.ts";
import type { Account, Card, Draw, FirstAward, Grant, LedgerEntry, Undo, Visits } from "#server/app/ports/ledger-store.ts";
import type { BooksState } from "#server/app/ports/recovery-store.ts";
import type { BegunSnapshot, Snapshot } from "#server/app/ports/snapshot-store.ts";
import type { RecordKey, StoredRecord } from "#server/app/ports/record-store.ts";
import type { Incarnation, KeyDeposit, Station } from "#server/app/ports/station-store.ts";
import type { RowHash } from "#shared/contracts/sync/row-hash.ts";
import { isUnspent, type Lot } from "#shared/domain/ledger/lots.ts";
import { Table, type Journal } from "./table.ts";

export type Tables = ReturnType<typeof makeTables>;

export type Replica = Station & {
  readonly app: string;
  readonly lastContactMs: number | null;
  readonly clockAheadMs: number | null;
  readonly presentedEpoch: number | null;
};
export type Life = Incarnation & { readonly registeredAtMs: number; readonly headSeq: number; readonly headAtMs: number };
type Challenge = { readonly challenge: string; readonly replica: number; readonly expiresAtMs: number };
type FailedTry = { readonly id: number; readonly subject: string; readonly atMs: number };
type Act = { readonly actId: string; readonly digest: Uint8Array; readonly reply?: unknown };
type OperationId = Pick<JudgedOperation, "opId" | "replica" | "incarnation" | "seq">;
type MemberAccount = { readonly memberId: string; readonly holder: "DEBT" | "CLAIM"; readonly amount: number };
type HeldSnapshot = BegunSnapshot & { readonly made?: Snapshot };
type SnapshotChunk = { readonly snapshotId: string; readonly chunk: number; readonly bytes: Uint8Array };
type FeedPlace = FeedMove & { readonly gseq: number; readonly hash: RowHash; readonly deletedAtMs: number | null };
type Look = { readonly id: number; readonly atMs: number; readonly staffId: string };

const isOneOf =
  <Row, Field extends keyof Row>(field: Field, ...allowed: readonly Row[Field][]) =>
  (row: Row): boolean =>
    allowed.includes(row[field]);

const isLeft = ({ amount, holder }: Account): boolean => amount > 0 && isUnspent(holder);

const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
const ofKind =
  (kind: StoredRecord["kind"], valueOf: (doc: StoredRecord["doc"]) => string | undefined) =>
  (record: StoredRecord): string | undefined =>
    record.kind === kind ? valueOf(record.doc) : undefined;

/** The tables of head office as `src-server/db/schema.ts` says them, with the constraints that stand there. */
export function makeTables(journal: Journal) {
  const replicas = new Table<Replica>(journal, {
    primary: "replica_pkey",
    key: ({ replica }) => `${replica}`,
    checks: { replica_state: isOneOf("state", "active", "revoked") },
  });
  const lots = new Table<Lot, never, "byMember" | "byLastDay">(journal, {
    primary: "lot_pkey",
    key: ({ lotId }) => lotId,
    indexes: { byMember: ({ memberId }) => memberId, byLastDay: ({ expiresOn }) => (expiresOn === null ? undefined : "some day") },
  });
  return {
    server: new Table<ServerIdentity & BooksState>(journal, { primary: "server_pkey", key: () => "1" }),
    codes: new Table<OneTimeCode>(journal, {
      primary: "one_time_code_pkey",
      key: ({ selector }) => selector,
      checks: { one_time_code_purpose: isOneOf("purpose", "station", "administrator") },
    }),
    failedTries: new Table<FailedTry, never, "bySubject">(journal, {
      primary: "failed_try_pkey",
      key: ({ id }) => `${id}`,
      indexes: { bySubject: ({ subject }) => subject },
    }),
    challenges: new Table<Challenge>(journal, { primary: "challenge_pkey", key: ({ challenge }) => challenge }),
    sessions: new Table<Session & { readonly tokenHash: string }>(journal, {
      primary: "session_pkey",
      key: ({ tokenHash }) => tokenHash,
    }),
    acts: new Table<Act>(journal, { primary: "act_pkey", key: ({ actId }) => actId }),
    replicas,
    deposits: new Table<KeyDeposit & { readonly replica: number }, never, "byReplica">(journal, {
      primary: "key_deposit_pkey",
      key: ({ replica, keyId }) => `${replica}/${keyId}`,
      checks: { key_deposit_replica_replica_replica_fkey: ({ replica }) => replicas.get(`${replica}`) !== undefined },
      indexes: { byReplica: ({ replica }) => `${replica}` },
    }),
    lives: new Table<Life, "replica_inc_once", "byReplica">(journal, {
      primary: "replica_inc_pkey",
      key: ({ replica, incarnation }) => `${replica}/${incarnation}`,
      checks: {
        replica_inc_state: isOneOf("state", "active", "superseded", "fenced", "suspended"),
        replica_inc_claim: isOneOf("claimState", "agrees", "differs"),
      },
      unique: { replica_inc_once: ({ incarnation }) => incarnation },
      indexes: { byReplica: ({ replica }) => `${replica}` },
    }),
    inbox: new Table<JudgedOperation, never, "byLife" | "byNumber" | "attention" | "parked">(journal, {
      primary: "op_inbox_pkey",
      key: ({ replica, incarnation, seq }) => `${replica}/${incarnation}/${seq}`,
      checks: {
        op_inbox_verdict: isOneOf("verdict", "applied", "flagged", "parked", "quarantined", "refused", "duplicate"),
        op_inbox_parked: ({ verdict, waitsFor }) => (verdict === "parked") === (waitsFor !== undefined),
      },
      indexes: {
        byLife: ({ replica, incarnation }) => `${replica}/${incarnation}`,
        byNumber: ({ replica, seq }) => `${replica}/${seq}`,
        attention: ({ replica, verdict }) => (verdict === "flagged" || verdict === "quarantined" ? `${replica}` : undefined),
        parked: ({ verdict }) => (verdict === "parked" ? "parked" : undefined),
      },
    }),
    opIds: new Table<OperationId>(journal, { primary: "op_id_pkey", key: ({ opId }) => opId }),
    waits: new Table<Wait & { readonly incarnation: string }, never, "byIncarnation">(journal, {
      primary: "waiting_pkey",
      key: ({ incarnation, subject }) => `${incarnation}/${subject}`,
      indexes: { byIncarnation: ({ incarnation }) => incarnation },
    }),
    lots,
    accounts: new Table<Account, never, "byLot" | "unspentByMember" | "unspentByHolder">(journal, {
      primary: "account_pkey",
      key: ({ lotId, holder }) => `${lotId}/${holder}`,
      checks: {
        account_not_below_zero: ({ holder, amount }) => holder === "ISSUED" || amount >= 0,
        account_lot_id_lot_lot_id_fkey: ({ lotId }) => lots.get(lotId) !== undefined,
      },
      indexes: {
        byLot: ({ lotId }) => lotId,
        unspentByMember: (account) => (isLeft(account) ? account.memberId : undefined),
        unspentByHolder: (account) => (isLeft(account) ? account.holder : undefined),
      },
    }),
    memberAccounts: new Table<MemberAccount>(journal, {
      primary: "member_account_pkey",
      key: ({ memberId, holder }) => `${memberId}/${holder}`,
      checks: { member_account_not_below_zero: ({ holder, amount }) => holder === "CLAIM" || amount >= 0 },
    }),
    entries: new Table<LedgerEntry, never, "byOperation" | "spentByMember">(journal, {
      primary: "ledger_entry_pkey",
      key: ({ opId, line }) => `${opId}/${line}`,
      checks: { ledger_entry_moves: ({ amount }) => amount !== 0 },
      indexes: {
        byOperation: ({ opId }) => opId,
        spentByMember: ({ holder, memberId }) => (holder === "REDEEMED" || holder === "REPAID" ? memberId : undefined),
      },
    }),
    undos: new Table<Undo, never, "byOperation">(journal, {
      primary: "undo_pkey",
      key: ({ undone }) => undone,
      indexes: { byOperation: ({ opId }) => opId },
    }),
    jobRuns: new Table<FinishedRun>(journal, { primary: "job_run_pkey", key: ({ job, until }) => `${job}/${until}` }),
    lapsesDue: new Table<{ readonly memberId: string }>(journal, { primary: "lapse_due_pkey", key: ({ memberId }) => memberId }),
    tiersDue: new Table<{ readonly memberId: string; readonly on: string }>(journal, {
      primary: "tier_due_pkey",
      key: ({ memberId }) => memberId,
    }),
    cards: new Table<Card, "card_one_active_main", "byMember">(journal, {
      primary: "card_pkey",
      key: ({ cardNumber }) => cardNumber,
      checks: { card_state: isOneOf("state", "active", "blocked") },
      unique: { card_one_active_main: ({ state, memberId, mainCard }) => (state === "active" && mainCard === null ? memberId : undefined) },
      indexes: { byMember: ({ memberId }) => memberId },
    }),
    receipts: new Table<FirstAward & { readonly receiptNumber: string }>(journal, {
      primary: "receipt_pkey",
      key: ({ receiptNumber }) => receiptNumber,
    }),
    grants: new Table<Grant, "grant_out_dense", "byIncarnation">(journal, {
      primary: "grant_out_pkey",
      key: ({ opId }) => opId,
      unique: { grant_out_dense: ({ incarnation, gno }) => `${incarnation}/${gno}` },
      indexes: { byIncarnation: ({ incarnation }) => incarnation },
    }),
    draws: new Table<Draw>(journal, { primary: "draw_pkey", key: ({ drawId }) => drawId }),
    workingSets: new Table<Visits & { readonly month: string }, never, "byMember">(journal, {
      primary: "working_set_pkey",
      key: ({ memberId, branchId, month }) => `${memberId}/${branchId}/${month}`,
      indexes: { byMember: ({ memberId }) => memberId },
    }),
    records: new Table<
      StoredRecord,
      "record_branch_code" | "record_user_name" | "record_member_number",
      | "byKind"
      | "proposalsByMember"
      | "proposalsByHolder"
      | "holdsByHolder"
      | "openRecalls"
      | "lapsesByMember"
      | "reviewsByMember"
      | "openRequests"
      | "ruleVersions"
    >(journal, {
      primary: "record_pkey",
      key: ({ kind, id }) => `${kind}/${id}`,
      unique: {
        record_branch_code: ofKind("branch", ({ code }) => text(code)),
        // A person says a user name in capitals or not; it is the same account.
        record_user_name: ofKind("staff", ({ userName }) => text(userName)?.toLowerCase()),
        record_member_number: ofKind("member", ({ memberNumber }) => text(memberNumber)),
      },
      indexes: {
        byKind: ({ kind }) => kind,
        proposalsByMember: ofKind("proposal", ({ memberId }) => text(memberId)),
        lapsesByMember: ofKind("lapse", ({ memberId }) => text(memberId)),
        openRecalls: ofKind("recall", ({ state, memberId }) => (state === "open" ? text(memberId) : undefined)),
        holdsByHolder: ofKind("hold", ({ state, heldBy }) => (state === "held" ? text(heldBy) : undefined)),
        proposalsByHolder: ofKind("proposal", ({ state, heldBy }) => (state === "open" ? text(heldBy) : undefined)),
        reviewsByMember: ofKind("review", ({ memberId }) => text(memberId)),
        openRequests: ofKind("request", ({ state }) => (state === "open" ? "open" : undefined)),
        ruleVersions: ofKind("rule", ({ ruleId }) => text(ruleId)),
      },
    }),
    snapshots: new Table<HeldSnapshot>(journal, { primary: "snapshot_pkey", key: ({ snapshotId }) => snapshotId }),
    snapshotChunks: new Table<SnapshotChunk>(journal, {
      primary: "snapshot_chunk_snapshot_id_chunk_pk",
      key: ({ snapshotId, chunk }) => `${snapshotId} ${chunk}`,
    }),
    looks: new Table<Look, never, "byStaff">(journal, {
      primary: "find_log_pkey",
      key: ({ id }) => `${id}`,
      indexes: { byStaff: ({ staffId }) => staffId },
    }),
    recordHashes: new Table<RecordKey & { readonly hash: RowHash }>(journal, {
      primary: "record_hash_pkey",
      key: ({ kind, id }) => `${kind}/${id}`,
    }),
    streamHeads: new Table<StreamHead & { readonly stream: string }>(journal, {
      primary: "stream_head_pkey",
      key: ({ stream }) => stream,
    }),
    feed: new Table<FeedPlace, "feed_in_order", "byStream">(journal, {
      primary: "feed_pkey",
      key: ({ stream, kind, id }) => `${stream} ${kind} ${id}`,
      indexes: { byStream: ({ stream }) => stream },
      unique: { feed_in_order: ({ stream, gseq }) => `${stream} ${gseq}` },
    }),
  };
}
