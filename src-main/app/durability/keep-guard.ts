import { fromHex, toHex } from "#shared/std/bytes.ts";
import type { DurabilityPlaces, GuardRecord } from "#main/app/ports/guard.ts";
import type { OperationRef, Written } from "#main/app/ports/mirror.ts";
import type { Store } from "#main/app/ports/store.ts";

type GuardPorts = Omit<DurabilityPlaces, "mirror"> & {
  readonly store: Store;
  readonly mirrorIsWhole: () => boolean;
  /** Runs a piece of work soon, after the answer that is under way. */
  readonly soon: (work: () => void) => void;
};

/** A database that was put back is found out even if it lacks less than this, as soon as head office is heard. */
const operationsBetween = 50;

/** Keeps the guard record: written after each exchange, now and then in between, and at once when the mirror journal falls behind. */
export function keepGuard({ store, guard, machine, file, mirrorIsWhole, soon }: GuardPorts) {
  let last = guard.read();
  let sinceLast = 0;

  function write(): void {
    sinceLast = 0;
    const record = store.read(({ precious }): GuardRecord | undefined => {
      const facts = precious.facts();
      if (!facts) return undefined;
      const { incarnation, seq, hash } = precious.head();
      return {
        replica: facts.identity.replica,
        incarnation,
        seq,
        hash: toHex(hash),
        machine,
        file: file(),
        mirrorIsWhole: mirrorIsWhole(),
      };
    });
    if (!record || (last && isSame(last, record))) return;
    guard.write(record);
    if (!store.read((view) => view.precious.isGuarded())) store.repair((tx) => tx.markGuarded());
    last = record;
  }

  return {
    write,
    /** After a commit. */
    wrote: ({ operations, facts }: Written): void => {
      // A rebuild that does not know of the gap would take the journal for the whole; and a new life is known before it acts.
      if (facts || last?.mirrorIsWhole !== mirrorIsWhole()) write();
      const before = sinceLast;
      sinceLast += operations.length;
      if (before < operationsBetween && sinceLast >= operationsBetween) soon(write);
    },
  };
}

const isSame = (a: GuardRecord, b: GuardRecord): boolean =>
  a.incarnation === b.incarnation &&
  a.seq === b.seq &&
  a.hash === b.hash &&
  a.machine === b.machine &&
  a.file === b.file &&
  a.mirrorIsWhole === b.mirrorIsWhole;

/** The operation that a record guards. */
export const refOf = ({ incarnation, seq, hash }: GuardRecord): OperationRef => ({ incarnation, seq, hash: fromHex(hash) });
