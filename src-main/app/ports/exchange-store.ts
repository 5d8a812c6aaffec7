import type { FeedRecords } from "#shared/contracts/sync/feed.ts";
import type { HashedRow, RowHash, RowKey, RowSum } from "#shared/contracts/sync/row-hash.ts";
import type { ErasuresRequest, Reach, RightsClaim } from "#shared/contracts/sync/wire.ts";
import type { ForkedFrom } from "#shared/domain/operations/encode.ts";
import type { StoredOperation } from "#shared/domain/operations/operation.ts";
import type { ToldRow } from "#shared/domain/stations/missed-row.ts";
import type { Outcome } from "#shared/domain/verdicts/verdict.ts";

export type EarlierLife = {
  readonly incarnation: string;
  /** How many of its operations the log has. */
  readonly operations: number;
  /** How many it had when the next life began from it; left out where none came back since. */
  readonly forkedAt?: number;
  /** Head office has no operation of it that the log lacks, nor the log one that head office lacks. */
  readonly isComplete?: true;
  /** What it began from, where that is not the end of the life before it in the log. */
  readonly forkedFrom?: ForkedFrom;
};

/** What the enrolment gave to this station. */
export type StationIdentity = {
  readonly replica: number;
  /** The present life of this database. */
  readonly incarnation: string;
  /** Lives before it, oldest first. A restored backup begins another one. */
  readonly earlierLives: readonly EarlierLife[];
  /** What the present life began from, where that is not the end of the life before it in the log. */
  readonly forkedFrom?: ForkedFrom;
  readonly branchId: string;
  readonly serverId: string;
  readonly serverEpoch: number;
  readonly headOfficeUrl: string;
  /** Raw Ed25519 key of head office. */
  readonly headOfficeKey: Uint8Array;
  readonly directoryKey: Uint8Array;
  readonly isSample: boolean;
};

/** `waiting`: not yet at head office. The others are its verdicts. */
export type OperationState = "waiting" | Outcome;

/** What became of an operation at head office, and which rows contain it. */
type Settled = {
  readonly seq: number;
  readonly state: Outcome;
  readonly code: string | null;
  readonly settle: { readonly s: string; readonly g: number } | null;
};

/**
 * Begins another life of this database: its past may have gone on elsewhere, so its numbers are not used again and its rights are not
 * spent until head office has spoken. What an earlier life wrote stays, and goes to head office under that life's name.
 *
 * @param as it was begun the first time, where a life is put back: `forkedAt` is how many operations the one before had then, if more are
 *   here now; `forkedFrom` what it began from, if that is not the one before
 */
export type BeginLife = (incarnation: string, as?: { readonly forkedAt?: number; readonly forkedFrom?: ForkedFrom }) => void;

/** How many rows differed from head office's and were mended, and when the last of them was. */
export type Mended = { readonly rows: number; readonly atMs: number };

/** A row as one stream told it: another may tell of the same one. */
export type ToldPlace = RowKey & { readonly stream: string };

/** A row that head office has told of, by its hash. */
type ToldHash = RowKey & { readonly hash: RowHash };

/** What the exchange with head office needs beside the counter's view. */
export type ExchangeWriting = {
  /** The station's private key; undefined before the first attempt to enrol. */
  readonly deviceKey: () => Uint8Array | undefined;
  /** Kept before it is used, so that an enrolment whose answer was lost is repeated with the same key. */
  readonly keepDeviceKey: (privateKey: Uint8Array) => void;
  readonly enrolled: (identity: StationIdentity) => void;
  /** Head office came back from a backup and numbers its streams anew: all rows are read again, which does no harm since rows are state. */
  readonly restarted: (serverEpoch: number) => void;
  /** The last operation of the present life, or what its first one will follow. */
  readonly head: () => { readonly seq: number; readonly hash: Uint8Array };
  /** The life that the present one was forked from, as head office is told at its first hello. */
  readonly forkedFrom: () => ForkedFrom | undefined;
  /** @see BeginLife */
  readonly beginLife: BeginLife;
  /** What may be spent here is not what head office says, since a person there refused what counted: only another life has rights both agree on. */
  readonly owesAnotherLife: () => boolean;
  /** A life of which head office may lack something, the present one only when that too is over; undefined when there is none. */
  readonly unfinishedLife: (isPresentOver?: boolean) =>
    | {
        readonly incarnation: string;
        readonly forkedFrom: ForkedFrom | undefined;
        /** What comes behind it has no verdict here. */
        readonly afterSeq: number;
        readonly head: { readonly seq: number; readonly hash: Uint8Array };
      }
    | undefined;
  /**
   * Other lives of this station, as head office knows them. One that the file has never heard of came after the copy that it is: it is an earlier
   * life of which all was lost. One of which head office has more by now was gone on with, on another computer.
   */
  readonly knowLives: (
    lives: readonly { readonly incarnation: string; readonly forkedFrom: ForkedFrom | null; readonly ackSeq: number }[],
  ) => void;
  /** The oldest earlier life of which head office may have more than the log; undefined when there is none. */
  readonly lifeToComplete: () => { readonly incarnation: string; readonly from: number } | undefined;
  /**
   * Puts back what an earlier life wrote and this file has lost, before what a later life wrote: its entries and its receipts. Rows of the feed
   * contain it already.
   *
   * @throws Fault `REPLAY_BROKEN` when it does not follow what is here
   */
  readonly putBack: (incarnation: string, operations: readonly { readonly op: StoredOperation; readonly result: Settled }[]) => void;
  readonly completed: (incarnation: string) => void;
  /** Up to which number an earlier life's operations here are the ones that head office has; undefined when all of these are. */
  readonly sameUpTo: (incarnation: string, there: readonly { readonly seq: number; readonly hash: string }[]) => number | undefined;
  /**
   * Makes a life of its own of what an earlier life wrote behind a number under which head office has something else: an older copy of this
   * file had been put back, and the counter served on it. The operations keep their ids and contents, and are chained anew.
   */
  readonly splitOff: (incarnation: string, after: number, asIncarnation: string) => void;
  readonly lastHlc: () => string;
  readonly acknowledged: () => number;
  readonly rightsClaim: () => RightsClaim;
  /** Operations of a life after `afterSeq` in order, within the limits; `base` is the hash before the first. */
  readonly outbox: (
    afterSeq: number,
    limits: { readonly maxOperations: number; readonly maxBytes: number },
    incarnation?: string,
  ) => {
    readonly base: { readonly seq: number; readonly hash: Uint8Array };
    readonly operations: readonly StoredOperation[];
  };
  readonly settle: (ackSeq: number, results: readonly Settled[], incarnation?: string) => void;
  readonly cursors: () => Readonly<Record<string, number>>;
  readonly putRow: <K extends keyof FeedRecords>(kind: K, id: string, record: FeedRecords[K], version: number, asOfMs: number) => void;
  readonly deleteRow: (kind: keyof FeedRecords, id: string) => void;
  /** Notes that a row stands here as head office told it just now; what a kind that nobody here knows says is counted all the same. */
  readonly told: (stream: string, row: HashedRow) => void;
  /** Of a row that goes, or that came in two streams and stays in the other. */
  readonly takenBack: (stream: string, key: RowKey) => void;
  /** What the rows of a stream add up to that are here as they were told. */
  readonly sumOf: (stream: string) => RowSum;
  /** So many of them behind one. */
  readonly toldAfter: (stream: string, key: RowKey, limit: number) => readonly ToldHash[];
  /**
   * Compares some rows, from one on, with the hashes they had when they were told: one that is otherwise counts as what it is from then on. `last`
   * is undefined when no more rows follow.
   */
  readonly checkTold: (from: ToldPlace, limit: number) => { readonly last: ToldPlace | undefined; readonly otherwise: readonly RowKey[] };
  /** Counts rows that differed from head office's and are as they are there from now on. */
  readonly noteMended: (rows: number) => void;
  /** In which streams a row was told and not taken back, in whatever state it is. */
  readonly toldIn: (key: RowKey) => readonly string[];
  /** Of streams that were read again from their beginning, which deletions that reading lacks none of. */
  readonly floors: () => Readonly<Record<string, number>>;
  /** A stream is read again from its beginning, which does no harm since rows are state. */
  readonly readAgain: (stream: string, floor?: number) => void;
  /** Comes before the rows of its page: what it settles is in them, and is not put on top of them once more. */
  readonly moveCursor: (stream: string, gseq: number) => void;
  /** Whom head office had forgotten, as long as it was not told so since it came back from a backup. */
  readonly erasuresToTell: () => ErasuresRequest["erasures"];
  readonly toldErasures: () => void;
  /** How far head office's books went when it last spoke of them. */
  readonly reach: () => Reach | undefined;
  readonly keepReach: (reach: Reach) => void;
  /** What was here of what was done at head office, when it came back from a backup and until it was told. */
  readonly rowsToTell: () => readonly ToldRow[];
  readonly toldRows: () => void;
  /** Which key of our data head office says it keeps; null when none. */
  readonly keepsKey: (keyId: string | null) => void;
  readonly contact: (atMs: number, serverHlc: string) => void;
};
