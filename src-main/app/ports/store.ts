import type { Result } from "#shared/std/result.ts";
import type { ExchangeWriting, Mended, OperationState, StationIdentity } from "./exchange-store.ts";
import type { OperationRef, StationFacts, Written } from "./mirror.ts";
import type { Repairing } from "./repairing.ts";
import type { Forgotten } from "./upkeep.ts";
import type { BalanceRecord, CardRecord, DirectoryRecord, FeedRecords, GrantRecord } from "#shared/contracts/sync/feed.ts";
import type { EarningRule } from "#shared/domain/earning/rule.ts";
import type { KeptPurchase } from "#shared/domain/earning/kept-purchase.ts";
import type { ProposalRecord } from "#shared/domain/earning/proposal.ts";
import type { RecallRecord } from "#shared/domain/ledger/recall.ts";
import type { HeldLot } from "#shared/domain/ledger/lots.ts";
import type { ErasureRecord } from "#shared/domain/members/erasure.ts";
import type { MemberRecord } from "#shared/domain/members/member.ts";
import type { OperationType } from "#shared/domain/operations/declare.ts";
import type { Operation, StoredOperation, TransactionRef } from "#shared/domain/operations/operation.ts";
import type { ReviewRecord } from "#shared/domain/members/review.ts";
import type { RedemptionPlan } from "#shared/domain/redemption/plan.ts";
import type { HoldRecord } from "#shared/domain/redemption/hold.ts";
import type { RequestRecord } from "#shared/domain/requests/request.ts";
import type { DictionaryEntry } from "#shared/domain/dictionaries/kinds.ts";
import type { StaffRecord } from "#shared/domain/staff/staff.ts";
import type { BranchRecord } from "#shared/domain/branches/branch.ts";
import type { ConfiguredDevice } from "#shared/domain/devices/configured-device.ts";
import type { CardKind } from "#shared/domain/cards/card-kind.ts";
import type { UnfinishedCard } from "#shared/domain/cards/unfinished-card.ts";
import type { CardRange } from "#shared/domain/cards/card-range.ts";
import type { VerdictRecord } from "#shared/domain/verdicts/verdict.ts";
import type { PoolFigures, PoolMemberRecord, PoolRecord } from "#shared/domain/pools/pool.ts";
import type { Gift } from "#shared/domain/stock/gift.ts";
import type { TierRecord } from "#shared/domain/tiers/tier-record.ts";
import type { TierScheme } from "#shared/domain/tiers/tier-scheme.ts";
import type { StockItem, StockMove } from "#shared/domain/stock/stock-move.ts";

/** One intent of an operator on its way into the log. */
export type Intent<D, P> = {
  /** The request id of the form; doubles are found by it. */
  readonly opId: string;
  readonly type: OperationType<D, P>;
  /** Staff id. */
  readonly by: string;
  /** Staff id of the supervisor who lent the permission, if one did. */
  readonly second?: string | undefined;
  readonly d: D;
  /** Personal data without the salt, which the store adds. */
  readonly personal?: Omit<P, "salt">;
  /** The linked group it is a part of, which is named after the request id of its first part; all parts are appended in one transaction. */
  readonly transaction?: TransactionRef | undefined;
};

export type LoggedOperation = Operation & {
  /** Whose ledger, cards or profile it touches, if anybody's. */
  readonly memberId: string | null;
  readonly state: OperationState;
  readonly stateCode: string | null;
};

/** A line of the log with what a list shows of it; bodies are read from the log, not copied. */
export type OperationFilter = {
  readonly businessDate?: string;
  readonly memberId?: string;
  readonly types?: readonly string[];
  /** Places in this station's log: later than the one, not later than the other. */
  readonly between?: { readonly after: number; readonly until: number };
  readonly limit: number;
};

/** The last visits of a member are on the screen after every swipe. */
export const visitsListed = 5;
/** One of them, of columns alone: the change that it made of the balance, and of what is proposed. */
export type Visit = { readonly atMs: number; readonly type: string; readonly change: number; readonly proposed: number };

/** Cards, rights, edits and what is not exchanged are asked of a member and answered for the person, under all names that are one now. */
export type Reading = {
  readonly identity: () => StationIdentity | undefined;
  readonly operations: {
    readonly find: (opId: string) => LoggedOperation | undefined;
    /** All parts of the linked group that this operation began, in order; none when it stands alone. */
    readonly groupOf: (opId: string) => readonly LoggedOperation[];
    /** Newest first. */
    readonly list: (filter: OperationFilter) => readonly LoggedOperation[];
    /** The last `visitsListed` awards and redemptions of a member, newest first. */
    readonly visits: (memberId: string) => readonly Visit[];
    readonly count: () => number;
    /** Oldest first. */
    readonly inState: (state: OperationState, limit: number) => readonly LoggedOperation[];
    /** Which operation undid this one, if any. */
    readonly undoOf: (opId: string) => string | undefined;
  };
  readonly shift: {
    /** The last close at this station. */
    readonly last: () => LoggedOperation | undefined;
    /** When the first entry of these types was written after that; null while there is none. */
    readonly sinceMs: (types: readonly string[]) => number | null;
  };
  readonly members: {
    readonly find: (memberId: string) => MemberRecord | undefined;
    /** The member that stands for this one now: another where one person had joined twice. */
    readonly current: (memberId: string) => string;
    /** All names of the person, the one that stands first. */
    readonly namesOf: (memberId: string) => readonly string[];
    readonly findByNumber: (memberNumber: string) => MemberRecord | undefined;
    readonly findByPhone: (phone: string) => readonly MemberRecord[];
    /**
     * Whose name, number or phone contains the text, whose name is spelled so in pinyin or initials, or whose card ends so; at most `limit`,
     * best first.
     */
    readonly search: (text: string, limit: number) => readonly MemberRecord[];
    /** Whose whole name is spelled as this one is; nobody for less than two syllables. */
    readonly soundingLike: (name: string, limit: number) => readonly MemberRecord[];
    readonly all: () => readonly MemberRecord[];
    /** At home at a branch and without a card, but for one that was handed out by mistake; who joined first first. */
    readonly withoutCard: (branchId: string, limit: number) => { readonly members: readonly MemberRecord[]; readonly total: number };
  };
  readonly directory: {
    readonly find: (memberId: string) => DirectoryRecord | undefined;
    readonly findByNumber: (memberNumber: string) => DirectoryRecord | undefined;
    readonly findByCard: (cardNumber: string) => DirectoryRecord | undefined;
    /** Who may have this phone as their first: the directory knows its last digits and a short tag. */
    readonly findByPhone: (phone: string) => readonly DirectoryRecord[];
  };
  readonly cards: {
    readonly find: (cardNumber: string) => CardRecord | undefined;
    /** A name for a card that a screen may keep, since it says nothing of the number. */
    readonly idOf: (cardNumber: string) => string;
    /** Active first, then the newest. */
    readonly ofMember: (memberId: string) => readonly CardRecord[];
    readonly kinds: () => readonly CardKind[];
    /** Which blank cards are whose to hand out, of all branches. */
    readonly ranges: () => readonly CardRange[];
  };
  readonly gifts: { readonly all: () => readonly Gift[]; readonly find: (giftId: string) => Gift | undefined };
  readonly stock: {
    readonly find: (moveId: string) => StockMove | undefined;
    /** The movements that say what lies at a branch now: the last count, and all from it on. */
    readonly sinceCount: (branchId: string, item: StockItem) => readonly StockMove[];
    /** Newest first. */
    readonly list: (branchId: string, item: StockItem, limit: number) => readonly StockMove[];
    /** Cards received, damaged and lost, each with its numbers. */
    readonly cardMoves: (branchId: string, cardKind: string) => readonly StockMove[];
    readonly between: (branchId: string, fromMs: number, beforeMs: number) => readonly StockMove[];
    /** Parcels sent to a branch that nobody there has taken in, oldest first. */
    readonly onTheWayTo: (branchId: string) => readonly StockMove[];
    /** How many cards of a kind are somebody's, from one number to another. */
    readonly boundCards: (cardKind: string, first: string, last: string) => number;
  };
  readonly pools: {
    readonly find: (poolId: string) => PoolRecord | undefined;
    /** Where a member stands to pools under this one name. */
    readonly member: (memberId: string) => PoolMemberRecord | undefined;
    readonly figures: (poolId: string) => PoolFigures | undefined;
    /** What operations of this station that head office has not heard gave back to a pool, less what they took. */
    readonly notExchanged: (poolId: string) => number;
  };
  readonly rules: { readonly all: () => readonly EarningRule[] };
  /** What a member was given under rules with a cap, under this one name. */
  readonly capUses: { readonly find: (memberId: string) => FeedRecords["capUse"] | undefined };
  readonly tiers: {
    /** All versions. */
    readonly schemes: () => readonly TierScheme[];
    /** Where a member stands under this one name. */
    readonly find: (memberId: string) => TierRecord | undefined;
  };
  /** All versions of all plans. */
  readonly plans: { readonly all: () => readonly RedemptionPlan[] };
  /** What head office has set; `entriesOf` puts it over what every company begins with. */
  readonly dictionaries: { readonly all: () => readonly DictionaryEntry[] };
  readonly branches: { readonly all: () => readonly BranchRecord[] };
  readonly staff: {
    readonly find: (staffId: string) => StaffRecord | undefined;
    readonly findByUserName: (userName: string) => StaffRecord | undefined;
    /** Whose staff card it is, among those who may sign in. */
    readonly findByCard: (cardNumber: string) => StaffRecord | undefined;
  };
  readonly proposals: { readonly find: (proposalId: string) => ProposalRecord | undefined; readonly all: () => readonly ProposalRecord[] };
  /** Edits of members about whom two places said different things. */
  readonly reviews: {
    readonly find: (reviewId: string) => ReviewRecord | undefined;
    readonly all: () => readonly ReviewRecord[];
    readonly ofMember: (memberId: string) => readonly ReviewRecord[];
  };
  /** Purchases that this station kept for cards which it knew nobody for. */
  readonly keptPurchases: { readonly all: () => readonly KeptPurchase[] };
  /** What became later of what this station wrote. */
  readonly verdicts: { readonly all: () => readonly VerdictRecord[] };
  readonly erasures: {
    /** Undefined for everybody who was not forgotten. */
    readonly find: (memberId: string) => ErasureRecord | undefined;
    /** What the journal and the copies of this file have to follow; undefined when they have. */
    readonly leftInCopies: () => (Forgotten & { readonly upTo: number }) | undefined;
  };
  /** What this station asked of others, and what others ask of it. */
  readonly requests: { readonly find: (requestId: string) => RequestRecord | undefined; readonly all: () => readonly RequestRecord[] };
  readonly holds: {
    readonly find: (holdId: string) => HoldRecord | undefined;
    /** Those of this branch that wait for their end. */
    readonly open: () => readonly HoldRecord[];
  };
  readonly rights: {
    /** All lots of the member that this station holds something of, lapsed ones too. */
    readonly of: (memberId: string) => readonly HeldLot[];
    readonly heldOf: (lotId: string) => number;
    /** All that this station holds, and of how many members. */
    readonly sum: () => { readonly points: number; readonly members: number };
    /** Lots whose last day is before `today` and of which something is left. */
    readonly lapsed: (today: string) => readonly { readonly memberId: string; readonly lots: readonly HeldLot[] }[];
    /** All lots of which this station holds something, lapsed ones too. */
    readonly all: () => readonly { readonly memberId: string; readonly lots: readonly HeldLot[] }[];
  };
  /** What head office asks this station to hand back, and what others are asked to hand back for it; of both, what is not answered. */
  readonly recalls: { readonly open: () => readonly RecallRecord[] };
  readonly receipts: {
    /** The award that this receipt earned at this station; one that was undone leaves the receipt free. */
    readonly find: (receiptNumber: string) => { readonly opId: string; readonly atMs: number } | undefined;
  };
  readonly balances: {
    /** Head office's figure and when it was made. */
    readonly find: (memberId: string) => { readonly record: BalanceRecord; readonly asOfMs: number } | undefined;
    /** Operations written here that head office's figure does not contain yet, oldest first, with the change each makes. */
    readonly notExchanged: (memberId: string) => readonly { readonly op: LoggedOperation; readonly change: number }[];
    /** The same, added up: points, how many operations, and points proposed. */
    readonly notExchangedSums: (memberId: string) => { readonly change: number; readonly operations: number; readonly proposed: number };
    /** The same by lot; `isOpenedHere` when head office's figure does not know the lot yet. */
    readonly notExchangedLots: (
      memberId: string,
    ) => readonly { readonly lotId: string; readonly points: number; readonly expiresOn: string | null; readonly isOpenedHere: boolean }[];
  };
  readonly signIns: {
    /** Failed attempts since `sinceMs`, newest first. */
    readonly failures: (userName: string, sinceMs: number) => readonly number[];
  };
  /** Of this computer alone, like its devices. */
  readonly settings: { /** Undefined while nobody has set it. */ readonly idleLockMinutes: () => number | undefined };
  /** Numbers that went to an encoder here and may stand on a card that is nobody's, in the order in which they went. */
  readonly unfinishedCards: () => readonly UnfinishedCard[];
  readonly devices: {
    readonly find: (deviceId: string) => ConfiguredDevice | undefined;
    /** By name. */
    readonly all: () => readonly ConfiguredDevice[];
  };
  readonly exchange: {
    readonly lastContactMs: () => number | null;
    /** Of the key of our data that head office last said it keeps; empty when none. */
    readonly depositedKeyId: () => string;
    /** How many operations are in each state. */
    readonly entries: () => Readonly<Record<OperationState, number>>;
    /** How many rows differed from head office's and were mended, and when the last of them was; undefined when none ever was. */
    readonly mended: () => Mended | undefined;
    readonly waiting: () => { readonly operations: number; readonly oldestMs: number | null; readonly quarantined: number };
    /** Of each stream, up to which number it was read. */
    readonly cursors: () => Readonly<Record<string, number>>;
  };
  readonly precious: Precious;
};

/** What the mirror journal is made of, as the database has it. */
export type Precious = {
  /** Undefined before the station has joined head office. */
  readonly facts: () => StationFacts | undefined;
  /** Whether a guard record was ever written for this file. */
  readonly isGuarded: () => boolean;
  /** The last operation of the present life; `seq` 0 when it has none yet. */
  readonly head: () => OperationRef;
  /** Where in our log an operation stands, by its life, number and hash: 0 for "none yet", undefined for one that is not ours. */
  readonly positionOf: (operation: OperationRef) => number | undefined;
  /** Grants of this life that were applied, in order. */
  readonly grantsAfter: (gno: number) => readonly GrantRecord[];
  /** The operation as it may be kept: what is personal of somebody who was forgotten is not in it. */
  readonly asKept: (operation: StoredOperation) => StoredOperation;
  /** Operations behind a position in order, at most so many, and of one life. */
  readonly operationsAfter: (position: number, limit: number) => readonly StoredOperation[];
};

/** One immediate transaction: all of it is durable when `write` returns, or none of it happened. */
export type Writing = Reading & {
  /** The one door: stores the operation, applies its effects to entries, rights and rows, and marks it unsent. */
  readonly append: <D, P>(intent: Intent<D, P>) => LoggedOperation;
  readonly rememberSignInFailure: (userName: string, atMs: number) => void;
  readonly forgetSignInFailures: (userName: string) => void;
  readonly takeSerial: () => number;
  /** Devices are of this computer alone: they are stored beside the log, not through it. */
  readonly putDevice: (device: ConfiguredDevice) => void;
  readonly removeDevice: (deviceId: string) => void;
  /** Of this computer alone, as its encoder is. */
  readonly keepUnfinishedCards: (cards: readonly UnfinishedCard[]) => void;
  readonly keepIdleLock: (minutes: number) => void;
};

/** `memberIds`: of each person that was touched all names, since a screen may show another than an operation says. */
export type Change = { readonly memberIds: ReadonlySet<string>; readonly wroteOperations: boolean; readonly movedStock: boolean };

export type Store = {
  /** Begins `immediate`, commits on ok, rolls back on a refusal or a throw. Synchronous: nothing waits for a network inside. */
  readonly write: <T, E>(work: (tx: Writing) => Result<T, E>) => Result<T, E>;
  readonly read: <T>(work: (view: Reading) => T) => T;
  readonly exchange: <T>(work: (tx: ExchangeWriting & Writing) => T) => T;
  /**
   * As `exchange`, for what head office tells and would tell again: a page of its feed with the cursor behind it. A power cut may take the latest
   * pages, and then the cursor stands before them; whatever is written by `write` or `exchange` makes all that was heard before it durable too.
   */
  readonly hear: <T>(work: (tx: ExchangeWriting) => T) => T;
  readonly repair: <T>(work: (tx: Repairing) => T) => T;
  /**
   * Called after each commit that wrote something precious, before it is answered or told to anybody. What it throws is thrown to whoever
   * wrote, although it was written: it had better not.
   */
  readonly onCommit: (listener: (written: Written) => void) => void;
  /** Called after each commit that changed something. */
  readonly onChange: (listener: (change: Change) => void) => () => void;
  /** What can be put off until nobody is served: moves what was written into its place in the file. Loses nothing when it is never called. */
  readonly tidy: () => void;
  /** Empties the write-ahead log, where what was deleted may still lie. @returns false while somebody reads the file: to be asked again */
  readonly dropDeleted: () => boolean;
  readonly close: () => void;
};
