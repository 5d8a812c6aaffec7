import type { ExpiryReport } from "#server/app/expiry/expire-points.ts";
import type { TierReport } from "#server/app/tiers/evaluate-tiers.ts";
import type { Result } from "#shared/std/result.ts";
import type { ActType, InputOf, ReplyOf } from "#shared/contracts/acts/act-type.ts";
import type { CardKind } from "#shared/domain/cards/card-kind.ts";
import type { EarningRule } from "#shared/domain/earning/rule.ts";
import type { RedemptionPlan } from "#shared/domain/redemption/plan.ts";
import type { Operator, Role } from "#shared/domain/staff/roles.ts";
import type {
  ActReply,
  ActRequest,
  DepositReply,
  DepositRequest,
  DrawReply,
  DrawRequest,
  EnrolReply,
  EnrolRequest,
  ErasuresReply,
  ErasuresRequest,
  FindReply,
  FindRequest,
  HelloReply,
  HelloRequest,
  OwnOpsReply,
  OwnOpsRequest,
  PresentReply,
  PresentRequest,
  PullFrame,
  PullRequest,
  PushReply,
  PushRequest,
  RepairReply,
  RepairRequest,
} from "#shared/contracts/sync/wire.ts";
import type { SnapshotChunkRequest, SnapshotReply, SnapshotRequest } from "#shared/contracts/sync/snapshot.ts";
import type { BranchStock } from "#shared/contracts/head-office/stock.ts";
import type { ProposalView } from "#shared/contracts/points.ts";

/** A refusal on the wire: `status` is the HTTP status it travels with. */
export type SyncRefusal = {
  readonly code: string;
  readonly status: 400 | 401 | 403 | 404 | 409 | 413 | 426 | 429;
  readonly data: Readonly<Record<string, unknown>>;
};

/** What stations ask of head office. Requests are checked by schema before; signatures, tokens and states are checked here. */
export type SyncService = {
  readonly identity: (nonce: Uint8Array) => { readonly publicKey: Uint8Array; readonly signature: Uint8Array };
  readonly enrol: (request: EnrolRequest) => Promise<Result<EnrolReply, SyncRefusal>>;
  readonly challenge: (replica: number) => Promise<Result<Uint8Array, SyncRefusal>>;
  readonly hello: (request: HelloRequest) => Promise<Result<HelloReply, SyncRefusal>>;
  readonly push: (token: string, request: PushRequest) => Promise<Result<PushReply, SyncRefusal>>;
  /** Rows and deletions in the order of each stream, then its `cur`; waits up to `waitMs` when there is nothing new. */
  readonly pull: (token: string, request: PullRequest, aborted: AbortSignal) => Promise<Result<readonly PullFrame[], SyncRefusal>>;
  readonly draw: (token: string, request: DrawRequest) => Promise<Result<DrawReply, SyncRefusal>>;
  readonly act: (token: string, request: ActRequest) => Promise<Result<ActReply, SyncRefusal>>;
  /** The key of the station's data, sealed. */
  readonly deposit: (token: string, request: DepositRequest) => Promise<Result<DepositReply, SyncRefusal>>;
  /** What an earlier life of the station wrote. */
  readonly ownOps: (token: string, request: OwnOpsRequest) => Promise<Result<OwnOpsReply, SyncRefusal>>;
  /** Where a station's copy of a stream is another than ours, and how the rows are here. */
  readonly repair: (token: string, request: RepairRequest) => Promise<Result<RepairReply, SyncRefusal>>;
  /** Who was forgotten, for a head office that was put back from an older copy. */
  readonly erasures: (token: string, request: ErasuresRequest) => Promise<Result<ErasuresReply, SyncRefusal>>;
  /** What a station had when head office was put back from an older copy. */
  readonly present: (token: string, request: PresentRequest) => Promise<Result<PresentReply, SyncRefusal>>;
  readonly find: (token: string, request: FindRequest) => Promise<Result<FindReply, SyncRefusal>>;
  /** Which snapshot a station that is far behind may take, and its chunks. */
  readonly snapshot: (token: string, request: SnapshotRequest) => Promise<Result<SnapshotReply, SyncRefusal>>;
  readonly snapshotChunk: (token: string, request: SnapshotChunkRequest) => Promise<Result<Uint8Array, SyncRefusal>>;
};

type NewStaff = {
  readonly userName: string;
  readonly displayName: string;
  readonly password: string;
  readonly role: Role;
  /** Branch code; null for head-office staff. */
  readonly branch: string | null;
};

type Refused<Code extends string> = { readonly code: Code };

/** What administrators and scripts ask of head office. Every change is an operation of replica 0, through the same write path. */
export type AdminService = {
  readonly signIn: (
    userName: string,
    password: string,
  ) => Promise<Result<Operator, Refused<"WRONG_CREDENTIALS"> | { code: "ACCOUNT_LOCKED"; untilMs: number }>>;
  readonly addBranch: (
    by: string,
    branch: { code: string; name: string },
  ) => Promise<Result<{ branchId: string }, Refused<"BRANCH_CODE_TAKEN">>>;
  /** The printed one-time code: 24 hours, one branch, five wrong tries block it. */
  readonly createEnrolmentCode: (
    by: string,
    branchCode: string,
  ) => Promise<Result<{ code: string; expiresAtMs: number }, Refused<"BRANCH_NOT_FOUND">>>;
  /** Made once, by the one-time code that an empty head office prints when it first serves. */
  readonly createFirstAdministrator: (
    code: string,
    staff: { userName: string; displayName: string; password: string },
  ) => Promise<Result<{ staffId: string }, Refused<"CODE_WRONG" | "CODE_BLOCKED" | "ADMINISTRATOR_EXISTS">>>;
  readonly setStaff: (by: string, staff: NewStaff) => Promise<Result<{ staffId: string }, Refused<"BRANCH_NOT_FOUND" | "USER_NAME_TAKEN">>>;
  readonly publishRule: (
    by: string,
    rule: EarningRule,
  ) => Promise<Result<Record<never, never>, Refused<"VERSION_EXISTS" | "BUDGET_BELOW_BEFORE">>>;
  readonly publishPlan: (
    by: string,
    plan: RedemptionPlan,
  ) => Promise<Result<Record<never, never>, Refused<"VERSION_EXISTS" | "GIFT_NOT_FOUND">>>;
  readonly setCardKind: (by: string, kind: CardKind) => Promise<void>;
  readonly balances: (memberNumbers: readonly string[] | undefined) => Promise<{ balances: Record<string, number>; operations: number }>;
  readonly proposals: (operator: Operator) => Promise<readonly ProposalView[]>;
  /** The same acts that stations ask for, and the same handlers. */
  readonly act: <A extends ActType>(by: Operator, act: A, input: InputOf<A>) => Promise<Result<ReplyOf<A>, SyncRefusal>>;
  readonly stations: () => Promise<
    readonly {
      replica: number;
      branch: string;
      lastContactMs: number | null;
      ackSeq: number;
      quarantined: number;
      flagged: number;
      state: string;
    }[]
  >;
  /** The recovery keys of a station, newest first: of what is at its counter, then of what was copied before its key was changed. */
  readonly recoverKey: (
    by: string,
    replica: number,
  ) => Promise<Result<{ keys: { recoveryKey: string; depositedAtMs: number }[] }, Refused<"STATION_NOT_FOUND" | "KEY_NOT_DEPOSITED">>>;
  /** What lies at each branch. */
  readonly stock: () => Promise<readonly BranchStock[]>;
  readonly quarantine: () => Promise<
    readonly { opId: string; replica: number; seq: number; type: string; code: string; receivedAtMs: number }[]
  >;
  /** Re-reads the books: every operation sums to zero, every account is the sum of its entries and not below zero, every chain holds. */
  readonly verify: () => Promise<{ ok: boolean; damaged: { table: string; id: string }[] }>;
};

export type HeadOffice = {
  readonly sync: SyncService;
  readonly admin: AdminService;
  /** Does what the calendar has made due, and nothing twice: to be called every so often, by one process or by several. */
  readonly runJobs: () => Promise<{ readonly expiry: ExpiryReport; readonly tiers: TierReport }>;
  /** The printed code for the first administrator while there is none, else null. */
  readonly firstAdministratorCode: () => Promise<string | null>;
  readonly close: () => Promise<void>;
};
