import type { HashedFeedRow } from "./feed-store.ts";

/** One snapshot while it is made, away from the thread that answers stations. */
export type SnapshotDraft = {
  /** Rows in the order of kind and id, some at a time. */
  readonly add: (rows: readonly HashedFeedRow[]) => Promise<void>;
  /**
   * All rows are in it.
   *
   * @param key seals its chunks, 32 bytes
   * @returns how long the file is
   */
  readonly finish: (snapshotId: string, key: Uint8Array) => Promise<{ readonly fileBytes: number }>;
  /** A chunk as it travels, packed and sealed. */
  readonly chunk: (chunk: number) => Promise<Uint8Array>;
  /** Nothing of it is left on this computer. */
  readonly discard: () => Promise<void>;
};

export type BeginDraft = () => Promise<SnapshotDraft>;
