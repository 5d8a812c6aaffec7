import { StoreUnavailable, type Store, type Transaction } from "#server/app/ports/store.ts";
import type { MemoryDatabase } from "./memory-database.ts";
import { makeAccessStore } from "./stores/access.ts";
import { makeActStore } from "./stores/acts.ts";
import { makeAudit } from "./stores/audit.ts";
import { makeFeedStore } from "./stores/feed.ts";
import { makeFindStore } from "./stores/finds.ts";
import { makeInbox } from "./stores/inbox.ts";
import { makeLapseStore } from "./stores/lapses.ts";
import { makeLedgerStore } from "./stores/ledger.ts";
import { makeRecordStore } from "./stores/records.ts";
import { makeRecoveryStore } from "./stores/recovery.ts";
import { makeSnapshotStore } from "./stores/snapshots.ts";
import { makeStationStore } from "./stores/stations.ts";
import { makeTierStore } from "./stores/tiers.ts";
import type { Tables } from "./tables.ts";

/** Thrown at a moment: another transaction came first, and this one starts again from the beginning, as it would on PostgreSQL. */
export class LostRace extends Error {
  override readonly name = "LostRace";
}

/** Where a process of head office may die: `begin`, before each question (`ledger.save`), before `commit`, and when it is `committed`. */
export type AtMoment = (moment: string) => void | Promise<void>;

export type MemoryStore = Store & {
  /** Ends the process that has the store open: what it has not committed is undone, and it is answered nothing any more. */
  readonly kill: () => void;
};

const attemptsMax = 6;

/**
 * Opens head office's store in memory, for one process of it. Several may have the same database open.
 *
 * @param atMoment may kill the store, wait, or throw what the database would
 */
export function openMemoryStore(database: MemoryDatabase, atMoment?: AtMoment): MemoryStore {
  const ports = portsOn(database.tables);
  let isDown = false;
  let endNow = (): void => undefined;

  async function inTransaction<T>(mode: "read" | "write", work: (tx: Transaction) => Promise<T>): Promise<T> {
    const turn = await database.begin(mode);
    const refuseWhenDown = (): void => {
      if (isDown) throw new StoreUnavailable("the process was killed");
    };
    let hasFailed = false;
    async function ask<Answer>(question: string, answer: () => Promise<Answer>): Promise<Answer> {
      await atMoment?.(question);
      refuseWhenDown();
      if (turn.isOver()) throw new Error(`${question} was asked when the transaction was over`);
      if (hasFailed) throw new Error(`${question} was asked after a question that failed`);
      try {
        return await answer();
      } catch (cause) {
        hasFailed = true;
        throw cause;
      }
    }
    try {
      refuseWhenDown();
      endNow = turn.undo;
      await atMoment?.("begin");
      refuseWhenDown();
      const value = await work(transactionOn(ports, ask));
      await atMoment?.("commit");
      refuseWhenDown();
      if (hasFailed) throw new Error("a transaction in which a question failed cannot be committed");
      turn.commit();
      await atMoment?.("committed");
      refuseWhenDown();
      return value;
    } finally {
      turn.undo();
    }
  }

  return {
    async write(work) {
      for (let attempt = 1; ; attempt++) {
        try {
          return await inTransaction("write", work);
        } catch (cause) {
          if (!(cause instanceof LostRace)) throw cause;
          if (attempt === attemptsMax) throw new StoreUnavailable("every race was lost", { cause });
        }
      }
    },
    read: (work) => inTransaction("read", work),
    async close() {
      isDown = true;
    },
    kill() {
      isDown = true;
      endNow();
    },
  };
}

type Ask = <Answer>(question: string, answer: () => Promise<Answer>) => Promise<Answer>;

const portsOn = (tables: Tables): Transaction => ({
  access: makeAccessStore(tables),
  acts: makeActStore(tables),
  audit: makeAudit(tables),
  feed: makeFeedStore(tables),
  finds: makeFindStore(tables),
  inbox: makeInbox(tables),
  lapses: makeLapseStore(tables),
  tiers: makeTierStore(tables),
  ledger: makeLedgerStore(tables),
  records: makeRecordStore(tables),
  recovery: makeRecoveryStore(tables),
  snapshots: makeSnapshotStore(tables),
  stations: makeStationStore(tables),
});

type Questions = Readonly<Record<string, (...args: never[]) => Promise<unknown>>>;

/** The same ports, each of their questions asked through `ask`, which is told its name: `ledger.save`. */
const transactionOn = (ports: Transaction, ask: Ask): Transaction =>
  Object.fromEntries(Object.entries<Questions>(ports).map(([name, port]) => [name, asked(name, port, ask)])) as Transaction;

function asked(name: string, port: Questions, ask: Ask): Questions {
  const questions = Object.entries(port).map(([question, answer]) => [
    question,
    (...args: never[]) => ask(`${name}.${question}`, () => answer(...args)),
  ]);
  return Object.fromEntries(questions) as Questions;
}
