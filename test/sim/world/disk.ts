import type { Store } from "#server/app/ports/store.ts";

/** Told of each question to the store (`begin`, `ledger.save`, `commit`, `committed`) before it is asked. */
export type AtMoment = (moment: string) => void | Promise<void>;

export type DyingStore = Store & {
  /** The process that has it open ends: what it has not committed is undone, and it is answered nothing any more. */
  readonly kill: () => void;
};

/** What stays of head office when its program dies. */
export type Disk = {
  readonly openStore: (atMoment: AtMoment) => Promise<DyingStore>;
  /** For whoever looks into the books from outside; no process of head office dies of it. */
  readonly look: Store["read"];
  readonly backup: () => Promise<void>;
  /** Puts the backup back. The program must have ended. */
  readonly restore: () => Promise<void>;
  readonly close: () => Promise<void>;
};
