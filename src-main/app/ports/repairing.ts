import type { GrantRecord } from "#shared/contracts/sync/feed.ts";
import type { StoredOperation } from "#shared/domain/operations/operation.ts";
import type { BeginLife, StationIdentity } from "./exchange-store.ts";
import type { StationFacts } from "./mirror.ts";

/** What puts back into a database what it once had, inside one transaction. */
export type Repairing = {
  readonly identity: () => StationIdentity | undefined;
  /** The last operation of the present life, or what its first one follows. */
  readonly head: () => { readonly seq: number; readonly hash: Uint8Array };
  readonly putFacts: (facts: StationFacts) => void;
  readonly beginLife: BeginLife;
  /** From now on there is a guard record: a file that is found without one was put back, or moved. */
  readonly markGuarded: () => void;
  /** The journal and the copies have followed what was forgotten here up to then. */
  readonly forgotInCopies: (upTo: number) => void;
  /**
   * Stores an operation with the bytes it had and does again what it did.
   *
   * @param isPast it is of a life that is over: its rights are nobody's here
   * @throws Fault `REPLAY_BROKEN` when it does not follow the head, or is not what its hash says
   */
  readonly replay: (operation: StoredOperation, isPast: boolean) => void;
  /** A grant to an earlier life opens its lots and gives nothing to spend. */
  readonly replayGrant: (grant: GrantRecord) => void;
};
