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

export type FeedStore = {
  /**
   * Moves things to the end of their streams. The last act of a transaction: stream heads are locked in the order of names and held to
   * the commit, so numbers become visible in their own order and a reader never sees a hole.
   *
   * @returns the number each move got, in the order of `moves`
   */
  readonly advance: (moves: readonly FeedMove[]) => Promise<readonly number[]>;
  readonly heads: (streams: readonly string[]) => Promise<ReadonlyMap<string, number>>;
  /** Rows behind `after` up to `upTo`, in order. */
  readonly rows: (stream: string, after: number, upTo: number, limit: number) => Promise<readonly FeedRow[]>;
  /** Which of these things of a kind are in a stream and have not left it. */
  readonly carried: (stream: string, kind: string, ids: readonly string[]) => Promise<ReadonlySet<string>>;
  /** How many things there are in a stream, without those that left it. */
  readonly count: (stream: string) => Promise<number>;
  /** Those things in the order of kind and id, behind one of them or from the first. */
  readonly inKeyOrder: (
    stream: string,
    after: { readonly kind: string; readonly id: string } | null,
    limit: number,
  ) => Promise<readonly FeedRow[]>;
};
