import type { HashRow, RowHash, RowKey, RowSum } from "#shared/contracts/sync/row-hash.ts";
import type { JsonObject } from "#shared/std/json.ts";

/** A thing that moves forward in a stream; `ver` is its version there. */
export type FeedMove = {
  readonly stream: string;
  readonly kind: string;
  readonly id: string;
  readonly ver: number;
  readonly deleted: boolean;
};

export type FeedRow = Omit<FeedMove, "stream"> & {
  readonly gseq: number;
  /** Null for a deletion. */
  readonly doc: JsonObject | null;
};

export type StreamHead = {
  readonly gseq: number;
  /** Deletions up to here may have been cleared away. */
  readonly minG: number;
  /** What whoever has read all of it has. */
  readonly rows: RowSum;
};

export type FeedStore = {
  /**
   * Moves things to the end of their streams. The last act of a transaction: stream heads are locked in the order of names and held to
   * the commit, so numbers become visible in their own order and a reader never sees a hole. What is moved is saved before.
   *
   * @returns the number each move got, in the order of `moves`
   */
  readonly advance: (moves: readonly FeedMove[], nowMs: number) => Promise<readonly number[]>;
  readonly heads: (streams: readonly string[]) => Promise<ReadonlyMap<string, StreamHead>>;
  /** Rows behind `after` up to `upTo`, in order. */
  readonly rows: (stream: string, after: number, upTo: number, limit: number) => Promise<readonly FeedRow[]>;
  /** Which of these things of a kind are in a stream and have not left it. */
  readonly carried: (stream: string, kind: string, ids: readonly string[]) => Promise<ReadonlySet<string>>;
  /** The things in a stream, without those that left it, in the order of kind and id, behind one of them or from the first. */
  readonly inKeyOrder: (
    stream: string,
    after: { readonly kind: string; readonly id: string } | null,
    limit: number,
  ) => Promise<readonly HashedFeedRow[]>;
  /** Of every leaf of a stream that has rows, the sum of their hashes; see `leafOf`. */
  readonly leafSums: (stream: string) => Promise<ReadonlyMap<number, RowHash>>;
  /** The rows in these leaves that are not deleted. */
  readonly rowsIn: (stream: string, leaves: readonly number[]) => Promise<readonly HashedFeedRow[]>;
  /** Clears deletions away that are older, and remembers in each stream how far. @returns how many */
  readonly clearDeletions: (beforeMs: number) => Promise<number>;
  /** What an earlier version of the program published without hashes gets them. @param nowMs for deletions of which nobody noted when */
  readonly hashEarlier: (hashRow: HashRow, nowMs: number) => Promise<void>;
};

export type HashedFeedRow = RowKey & FeedRow & { readonly hash: RowHash };
