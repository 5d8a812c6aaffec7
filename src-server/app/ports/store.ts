import type { AccessStore } from "./access-store.ts";
import type { ActStore } from "./act-store.ts";
import type { Audit } from "./audit.ts";
import type { FeedStore } from "./feed-store.ts";
import type { FindStore } from "./find-store.ts";
import type { Inbox } from "./inbox.ts";
import type { LapseStore } from "./lapse-store.ts";
import type { LedgerStore } from "./ledger-store.ts";
import type { RecordStore } from "./record-store.ts";
import type { RecoveryStore } from "./recovery-store.ts";
import type { SnapshotStore } from "./snapshot-store.ts";
import type { StationStore } from "./station-store.ts";
import type { TierStore } from "./tier-store.ts";

/** Everything head office remembers, seen from inside one transaction. */
export type Transaction = {
  readonly access: AccessStore;
  readonly acts: ActStore;
  readonly audit: Audit;
  readonly feed: FeedStore;
  readonly finds: FindStore;
  readonly inbox: Inbox;
  readonly lapses: LapseStore;
  readonly ledger: LedgerStore;
  readonly records: RecordStore;
  readonly recovery: RecoveryStore;
  readonly snapshots: SnapshotStore;
  readonly stations: StationStore;
  readonly tiers: TierStore;
};

/** The database cannot be asked now: gone, full, going down, or too busy. What was asked is not to blame. */
export class StoreUnavailable extends Error {
  override readonly name = "StoreUnavailable";
}

export type Store = {
  /**
   * Does the work in one transaction and commits it, durably, when the work resolves. Whoever loses a race for a row or a key starts
   * again from the beginning, so the work must have no effect outside the transaction.
   *
   * @throws StoreUnavailable, and whatever the work throws
   */
  readonly write: <T>(work: (tx: Transaction) => Promise<T>) => Promise<T>;
  /** Reads one consistent state. */
  readonly read: <T>(work: (tx: Transaction) => Promise<T>) => Promise<T>;
  readonly close: () => Promise<void>;
};
