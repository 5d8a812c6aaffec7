import { setTimeout as delay } from "node:timers/promises";
import { DatabaseError, Pool, types, type PoolClient } from "pg";
import { StoreUnavailable, type Store, type Transaction } from "#server/app/ports/store.ts";
import { arrayText } from "./array-text.ts";
import type { Query } from "./query.ts";
import { bringUpToDate } from "./bring-up-to-date.ts";
import type { DatabaseKey } from "./sealing/database-key.ts";
import { openSeal } from "./sealing/open-seal.ts";
import type { Seal } from "./sealing/seal.ts";
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

const int8 = 20;
const date = 1082;
/** Whole numbers as numbers, since all of ours are below 2^53; dates as the text they are, since a date has no time zone. */
const ownTypes = {
  getTypeParser: ((oid: number, format?: "text" | "binary") => {
    if (oid === int8) return Number;
    if (oid === date) return (text: string) => text;
    return types.getTypeParser(oid, format);
  }) as typeof types.getTypeParser,
};

/** Connection lost, no room, server going down, disk failing; and a race lost too often. */
const unavailable = /^(08|53|57|58|40)/;
/** A lost race, as PostgreSQL names it: serialization failure, deadlock, and a key that another transaction took meanwhile. */
const lostRace = new Set(["40001", "40P01", "23505"]);
const attemptsMax = 6;
const connectionsMax = 16;

/**
 * Opens head office's database, its tables made or brought up to date first.
 *
 * @param key of its personal data, asked for once; it is made when nothing is sealed yet
 * @param log is told when an idle connection breaks; the next question opens another one
 */
export async function openStore(databaseUrl: string, key: DatabaseKey, log: (message: string) => void): Promise<Store> {
  const pool = new Pool({ connectionString: databaseUrl, max: connectionsMax, types: ownTypes });
  pool.on("error", (cause) => log(cause.message));
  // A connection that breaks between two questions of a transaction says so here, and would otherwise end the process; the next
  // question is refused and undoes the work.
  pool.on("connect", (client) => client.on("error", () => undefined));
  const seal = await bringUpToDate(pool)
    .then(() => openSeal(pool, key))
    .catch(async (cause: unknown) => {
      await pool.end();
      throw cause;
    });
  const database = { pool, seal };
  return {
    write: (work) => writeWithRetries(database, work),
    read: (work) => inTransaction(database, "begin isolation level repeatable read read only", work).catch(rejectWithStoreFault),
    close: () => pool.end(),
  };
}

type Database = { readonly pool: Pool; readonly seal: Seal };

async function writeWithRetries<T>(database: Database, work: (tx: Transaction) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await inTransaction(database, "begin", work);
    } catch (cause) {
      if (attempt === attemptsMax || !(cause instanceof DatabaseError) || !lostRace.has(cause.code ?? "")) throw toStoreFault(cause);
      // Growing and uneven, so that two who met once do not meet again.
      await delay(attempt * attempt * 5 + (process.hrtime()[1] % 10));
    }
  }
}

async function inTransaction<T>({ pool, seal }: Database, begin: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const client = await begunOn(pool, begin);
  const query: Query = async (text, values) => (await client.query(text, values?.map(asParameter)).catch(fromConnection)).rows;
  try {
    const value = await work(transactionOn(query, seal));
    const { command } = await client.query("commit").catch(fromConnection);
    // PostgreSQL answers a commit of what has failed with an undo, and no error.
    if (command !== "COMMIT") throw new Error("a transaction in which a question failed cannot be committed");
    client.release();
    return value;
  } catch (cause) {
    // A connection that cannot even undo is not given to the next one.
    const isBroken = await client.query("rollback").then(
      () => false,
      () => true,
    );
    client.release(isBroken);
    throw cause;
  }
}

const asParameter = (value: unknown): unknown => (Array.isArray(value) ? arrayText(value) : value);

/** A connection that was cut while nobody used it shows it at its first question: nothing has been asked of it yet, so another one takes its place. */
async function begunOn(pool: Pool, begin: string): Promise<PoolClient> {
  for (let connectionsLeft = pool.totalCount; ; connectionsLeft--) {
    const client = await pool.connect().catch(rejectWithStoreFault);
    try {
      await client.query(begin).catch(fromConnection);
      return client;
    } catch (cause) {
      client.release(true);
      if (connectionsLeft <= 0) throw toStoreFault(cause);
    }
  }
}

/** What the driver itself throws is about the connection; what the server answers is passed on. */
function fromConnection(cause: unknown): never {
  throw cause instanceof DatabaseError ? cause : new StoreUnavailable("the connection to the database broke", { cause });
}

/** Names the failures that are nobody's fault but the world's. The rest are ours to fix. */
function toStoreFault(cause: unknown): unknown {
  const isWorld = cause instanceof DatabaseError ? unavailable.test(cause.code ?? "") : isConnectionError(cause);
  return isWorld ? new StoreUnavailable("the database cannot be asked", { cause }) : cause;
}
const rejectWithStoreFault = (cause: unknown): never => {
  throw toStoreFault(cause);
};
const isConnectionError = (cause: unknown): boolean => cause instanceof Error && "syscall" in cause;

function transactionOn(query: Query, seal: Seal): Transaction {
  return {
    access: makeAccessStore(query, seal),
    acts: makeActStore(query, seal),
    audit: makeAudit(query),
    feed: makeFeedStore(query, seal),
    finds: makeFindStore(query, seal),
    inbox: makeInbox(query, seal),
    lapses: makeLapseStore(query),
    ledger: makeLedgerStore(query),
    records: makeRecordStore(query, seal),
    recovery: makeRecoveryStore(query),
    snapshots: makeSnapshotStore(query, seal),
    stations: makeStationStore(query, seal),
    tiers: makeTierStore(query),
  };
}
