/** Which numbering counts, and since when head office has been finding again what it lost; null when nothing is missing. */
export type BooksState = { readonly epoch: number; readonly recoveringSinceMs: number | null };

/** What is remembered of head office's own books having been put back from a copy. */
export type RecoveryStore = {
  readonly state: () => Promise<BooksState>;
  /**
   * Begins another epoch and ends all sessions, so that every station says hello and hears of it.
   *
   * @returns false when somebody else has begun another one since `state` was asked
   */
  readonly begin: (state: BooksState, epoch: number, atMs: number) => Promise<boolean>;
  readonly end: () => Promise<void>;
  /** Has the station said in this epoch all that it has? */
  readonly hasPresented: (replica: number, epoch: number) => Promise<boolean>;
  readonly presented: (replica: number, epoch: number) => Promise<void>;
  /** Stations that may be alive and have not said in this epoch what they have. */
  readonly awaited: (epoch: number) => Promise<readonly number[]>;
};
