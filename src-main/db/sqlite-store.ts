import type { Written } from "#main/app/ports/mirror.ts";
import { groupMax, isWholeGroup, linkedGroups } from "#shared/domain/operations/linked-groups.ts";
import type { StoredOperation } from "#shared/domain/operations/operation.ts";
import { noProbe, type Probe } from "#main/app/ports/probe.ts";
import type { Change, Reading, Store, Writing } from "#main/app/ports/store.ts";
import { appendOperation, type LogPorts } from "./append-operation.ts";
import { makeExchangeWriting } from "./exchange-writing.ts";
import { toStorageFault } from "./faults.ts";
import type { StationDatabase } from "./open-database.ts";
import { makePeople } from "./people.ts";
import { makePrecious } from "./precious.ts";
import { makeReading } from "./reading.ts";
import { makeRepairing } from "./repairing.ts";
import { makeTables, type Touched } from "./tables.ts";

/** SQLite's `NORMAL`: a commit is written and not flushed. The log keeps its order, so a power cut takes a tail of it and nothing from its middle. */
const walWritten = 1;

/** The store port on one encrypted SQLite file. One connection writes; every write is one immediate transaction. */
export function makeSqliteStore(
  database: StationDatabase,
  { probe = noProbe, ...ports }: LogPorts & { readonly probe?: Probe | undefined },
): Store {
  const { sqlite } = database;
  const tables = makeTables(database);
  // What no migration can do, since SQL knows no pinyin.
  tables.members.fillKeys();
  const { meta, signIns, devices } = tables;
  const listeners = new Set<(change: Change) => void>();
  const keepers = new Set<(written: Written) => void>();
  const touched: Touched = {
    memberIds: new Set(),
    wroteOperations: false,
    movedStock: false,
    operations: [],
    grants: [],
    changedFacts: false,
  };
  const people = makePeople(tables);
  const reading: Reading = { ...makeReading(tables, people), precious: makePrecious(tables) };
  const writing: Writing = {
    ...reading,
    append: (intent) => appendOperation(tables, touched, ports, intent),
    rememberSignInFailure: signIns.remember,
    forgetSignInFailures: signIns.forget,
    putDevice: devices.put,
    removeDevice: devices.remove,
    keepUnfinishedCards: (cards) => meta.put("unfinishedCards", JSON.stringify(cards)),
    keepIdleLock: (minutes) => meta.put("idleLockMinutes", minutes),
    takeSerial: () => {
      const serial = meta.int("memberSerial") + 1;
      meta.put("memberSerial", serial);
      return serial;
    },
  };

  const exchanging = { ...writing, ...makeExchangeWriting(tables, touched, ports.clock) };

  const repairing = makeRepairing(tables, touched);

  const begin = sqlite.prepare("BEGIN IMMEDIATE");
  const commit = sqlite.prepare("COMMIT");
  const abandon = sqlite.prepare("ROLLBACK");
  const rollBack = (): void => {
    abandon.run();
    // What was remembered of the file may never have been stored.
    tables.identity.forget();
    tables.records.forget();
    tables.rowHashes.rolledBack();
  };

  /** Until the function that it returns is called, a commit does not wait for the disk. */
  function withoutTheDisk(): () => void {
    const usual = sqlite.pragma("synchronous", { simple: true }) as number;
    if (usual > walWritten) sqlite.pragma(`synchronous = ${walWritten}`);
    return () => void sqlite.pragma(`synchronous = ${usual}`);
  }

  /**
   * Runs `work` in one immediate transaction: the lock comes before the first read, so what was read is still true at commit.
   *
   * @param isTold the disk is not waited for at its commit: the next commit that does wait takes it along
   */
  function inTransaction<T>(work: () => { readonly commit: boolean; readonly value: T }, isTold = false): T {
    touched.memberIds.clear();
    touched.wroteOperations = false;
    touched.operations.length = 0;
    touched.grants.length = 0;
    touched.changedFacts = false;
    touched.movedStock = false;
    let value: T;
    const waitForDisk = isTold ? withoutTheDisk() : undefined;
    try {
      begin.run();
      const done = work();
      value = done.value;
      if (!done.commit) {
        rollBack();
        return value;
      }
      refuseHalfGroups(touched.operations);
      probe("beforeCommit");
      commit.run();
      tables.rowHashes.committed();
    } catch (cause) {
      if (sqlite.inTransaction) rollBack();
      throw toStorageFault(cause);
    } finally {
      // Before anybody hears of it: whoever does may write.
      waitForDisk?.();
    }
    // Memory and screens change after the commit, never before. What was touched is kept: whoever hears of it may write.
    const { wroteOperations, movedStock } = touched;
    const memberIds = new Set([...touched.memberIds].flatMap(people.namesOf));
    const change: Change = { memberIds, wroteOperations, movedStock };
    const written: Written = {
      operations: [...touched.operations],
      grants: [...touched.grants],
      facts: touched.changedFacts ? reading.precious.facts() : undefined,
    };
    if (written.operations.length > 0 || written.grants.length > 0 || written.facts) {
      probe("afterCommit");
      for (const keep of keepers) keep(written);
      probe("afterJournal");
    }
    if (change.memberIds.size === 0 && !wroteOperations && !movedStock) return value;
    for (const listener of listeners) listener(change);
    return value;
  }

  return {
    write: (work) =>
      inTransaction(() => {
        const value = work(writing);
        return { commit: value.ok, value };
      }),
    read: (work) => {
      try {
        return work(reading);
      } catch (cause) {
        throw toStorageFault(cause);
      }
    },
    exchange: (work) => inTransaction(() => ({ commit: true, value: work(exchanging) })),
    hear: (work) => inTransaction(() => ({ commit: true, value: work(exchanging) }), true),
    repair: (work) => inTransaction(() => ({ commit: true, value: work(repairing) })),
    onCommit: (keep) => void keepers.add(keep),
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tidy: () => void sqlite.pragma("wal_checkpoint(PASSIVE)"),
    dropDeleted: () => {
      const [done] = sqlite.pragma("wal_checkpoint(TRUNCATE)") as { readonly busy: number }[];
      return done?.busy === 0;
    },
    close: () => {
      sqlite.pragma("wal_checkpoint(TRUNCATE)");
      sqlite.close();
    },
  };
}

/** A part of a group by itself would be refused by head office for good: better that the act fails here, and nothing was done. */
function refuseHalfGroups(operations: readonly StoredOperation[]): void {
  const half = linkedGroups(operations).find((group) => !isWholeGroup(group) || group.length > groupMax);
  if (half) throw new Error(`${half.length} operations are not the group of ${half[0]?.transaction?.of}`);
}
