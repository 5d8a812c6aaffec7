import { Client } from "pg";
import { StoreUnavailable, type Store, type Transaction } from "#server/app/ports/store.ts";
import { openStore } from "#server/db/open-store.ts";
import { testDatabaseKey } from "#test/support/company.ts";
import type { AtMoment, Disk, DyingStore } from "./disk.ts";
import type { Timeline } from "./timeline.ts";

/** Head office's disk as a database of PostgreSQL, whose backup is another database beside it. */
export function makePostgresDisk(databaseUrl: string, timeline: Timeline): Disk {
  const { name, backup, serverUrl } = namesOf(databaseUrl);
  const open = new Set<DyingStore>();
  let looking: Promise<Store> | undefined;
  let isBackedUp = false;

  async function copy(from: string, to: string): Promise<void> {
    // PostgreSQL copies no database that somebody is connected to, and a program that was killed may still be hanging up.
    await ask(serverUrl, `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${from}'`);
    await ask(serverUrl, `drop database if exists "${to}" with (force)`);
    await ask(serverUrl, `create database "${to}" template "${from}"`);
  }

  async function stopLooking(): Promise<void> {
    await (await looking)?.close();
    looking = undefined;
  }

  return {
    async openStore(atMoment) {
      const store = dying(await openStore(databaseUrl, testDatabaseKey, () => undefined), timeline, atMoment);
      open.add(store);
      return store;
    },
    look: async (work) => (await (looking ??= openStore(databaseUrl, testDatabaseKey, () => undefined))).read(work),
    async backup() {
      await stopLooking();
      await copy(name, backup);
      isBackedUp = true;
    },
    async restore() {
      await stopLooking();
      await copy(backup, name);
    },
    async close() {
      for (const store of open) await store.close();
      await stopLooking();
      if (isBackedUp) await ask(serverUrl, `drop database if exists "${backup}" with (force)`);
    },
  };
}

function namesOf(databaseUrl: string): { readonly name: string; readonly backup: string; readonly serverUrl: string } {
  const server = new URL(databaseUrl);
  const name = server.pathname.slice(1);
  server.pathname = "/postgres";
  return { name, backup: `${name}_backup`, serverUrl: server.href };
}

export async function ask(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** The store of a program that may die between any two questions; PostgreSQL then undoes what was not committed. */
function dying(store: Store, timeline: Timeline, atMoment: AtMoment): DyingStore {
  let isDead = false;
  let closed: Promise<void> | undefined;
  const refuseWhenDead = (): void => {
    if (isDead) throw new StoreUnavailable("the program was killed");
  };

  async function outside<T>(work: () => Promise<T>): Promise<T> {
    timeline.leave();
    try {
      return await work();
    } finally {
      timeline.comeBack();
    }
  }

  const around =
    (run: Store["write"]) =>
    async <T>(work: (tx: Transaction) => Promise<T>): Promise<T> => {
      refuseWhenDead();
      const value = await outside(() =>
        run(async (tx) => {
          await atMoment("begin");
          refuseWhenDead();
          const done = await work(asked(tx));
          await atMoment("commit");
          refuseWhenDead();
          return done;
        }),
      );
      await atMoment("committed");
      refuseWhenDead();
      return value;
    };

  const asked = (tx: Transaction): Transaction =>
    Object.fromEntries(
      Object.entries(tx).map(([part, questions]) => [
        part,
        Object.fromEntries(
          Object.entries(questions as Record<string, (...args: unknown[]) => Promise<unknown>>).map(([name, question]) => [
            name,
            async (...args: unknown[]) => {
              await atMoment(`${part}.${name}`);
              refuseWhenDead();
              return question(...args);
            },
          ]),
        ),
      ]),
    ) as unknown as Transaction;

  return {
    write: around(store.write),
    read: around(store.read),
    kill: () => {
      isDead = true;
      closed ??= store.close();
    },
    close: () => (closed ??= store.close()),
  };
}
