import type { GrantRecord } from "#shared/contracts/sync/feed.ts";
import type { StoredOperation } from "#shared/domain/operations/operation.ts";
import type { StationIdentity } from "./exchange-store.ts";

/** Who the station is: what it would have to enrol for again. */
export type StationFacts = { readonly identity: StationIdentity; readonly deviceKey: Uint8Array };

/** What a commit wrote that nobody else has, or that only makes sense in its place among what nobody else has. */
export type Written = {
  readonly operations: readonly StoredOperation[];
  /** Rights as they were applied; without them the redemptions that follow could not be done again. */
  readonly grants: readonly GrantRecord[];
  /** Only when they changed. */
  readonly facts: StationFacts | undefined;
};

/** An operation by its life, number and hash; `seq` 0 stands for none. */
export type OperationRef = { readonly incarnation: string; readonly seq: number; readonly hash: Uint8Array };

/** Up to where a copy reaches: its last operation, and the last grant that was applied. */
export type MirrorEnd = { readonly operation: OperationRef; readonly grant: { readonly incarnation: string; readonly gno: number } };

/** All that a mirror journal holds, in the order in which it was written; a part may be there more than once. */
export type MirrorContents = {
  readonly operations: readonly StoredOperation[];
  readonly grants: readonly GrantRecord[];
  /** The newest. */
  readonly facts: StationFacts | undefined;
  /** Files that are missing, or of which something cannot be read; names, for a log. */
  readonly damaged: readonly string[];
  /** Those of them that open nowhere: of another key, or not ours. */
  readonly unopened: readonly string[];
};

/** The journal, open at its end. */
export type Mirror = {
  readonly end: () => MirrorEnd;
  /** Whether these are the facts that it has. */
  readonly holds: (facts: StationFacts) => boolean;
  /**
   * On the disk when it returns.
   *
   * @throws Fault `MIRROR_…`; after one it is to be closed and opened again, which repairs a tail that was half written
   */
  readonly append: (written: Written) => void;
  /** What lies there is of another history, or has gaps: it stays, and all that is appended from now on begins at the first operation. */
  readonly startOver: () => void;
  /**
   * Writes all that lies there once more, each operation as it may be kept, and takes the old files away when the new ones are whole. What
   * does not open, being of another key, stays.
   *
   * @throws Fault `MIRROR_…`; the old files are all there then
   */
  readonly rewrite: (asKept: (operation: StoredOperation) => StoredOperation) => void;
  readonly close: () => void;
};

/** The place where the mirror journal lies. It may be a volume that comes and goes. */
export type MirrorPlace = {
  /** @throws Fault `MIRROR_…` */
  readonly open: () => Mirror;
  /** @throws Fault `MIRROR_…`; an empty place has empty contents */
  readonly read: () => MirrorContents;
};

/** Why the second copy is not written: the codes of its faults, and one for what nobody foresaw. */
export const mirrorTroubles = ["MIRROR_FULL", "MIRROR_GONE", "MIRROR_READ_ONLY", "MIRROR_FAILED"] as const;
export type MirrorTrouble = (typeof mirrorTroubles)[number];
