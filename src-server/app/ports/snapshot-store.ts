/** A snapshot as stations are given it. */
export type Snapshot = {
  readonly snapshotId: string;
  readonly gseq: number;
  readonly madeAtMs: number;
  /** The text that was signed. */
  readonly manifest: string;
  readonly signature: Uint8Array;
  /** Opens its chunks. */
  readonly key: Uint8Array;
};

export type BegunSnapshot = { readonly snapshotId: string; readonly stream: string; readonly epoch: number; readonly begunAtMs: number };

/** Snapshots of streams, for stations that are far behind: made by one process of head office and handed out by all. */
export type SnapshotStore = {
  /** The newest one that is whole. */
  readonly newest: (stream: string, epoch: number) => Promise<Snapshot | undefined>;
  /**
   * Begins one, and removes what was begun before `stuckBeforeMs` and never finished.
   *
   * @returns false while another one of the stream is being made
   */
  readonly begin: (begun: BegunSnapshot, stuckBeforeMs: number) => Promise<boolean>;
  /** Nothing is kept of one that was taken away meanwhile. */
  readonly addChunk: (snapshotId: string, chunk: number, bytes: Uint8Array) => Promise<void>;
  /**
   * Hands it out from now on. The one before stays, since somebody may be in the middle of it; older ones go.
   *
   * @returns false when it was taken away meanwhile
   */
  readonly publish: (snapshot: Snapshot) => Promise<boolean>;
  readonly chunk: (snapshotId: string, chunk: number) => Promise<Uint8Array | undefined>;
  readonly remove: (snapshotId: string) => Promise<void>;
  /** What names somebody who is forgotten is in none of them. */
  readonly removeAll: () => Promise<void>;
};
