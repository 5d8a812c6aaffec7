import type { HeadOffice } from "#server/app/head-office.ts";
import type { Machine } from "#server/app/ports/machine.ts";
import { openHeadOfficeOn } from "#server/open-head-office.ts";
import { makeMemoryDatabase, type MemoryDatabase } from "./memory-database.ts";
import { openMemoryStore, type AtMoment, type MemoryStore } from "./open-memory-store.ts";

/** Head office on a database in memory: one process, which dies and is started again. */
export type MemoryHeadOffice = {
  readonly database: MemoryDatabase;
  /** Leads to whichever process runs; what was asked of one that was killed is refused. */
  readonly office: HeadOffice;
  /** At any moment, also from inside `atMoment`. */
  readonly kill: () => void;
  readonly start: () => Promise<void>;
};

export async function startMemoryHeadOffice(machine: Machine, atMoment?: AtMoment): Promise<MemoryHeadOffice> {
  const database = makeMemoryDatabase();
  const begin = async (): Promise<{ store: MemoryStore; office: HeadOffice }> => {
    const store = openMemoryStore(database, atMoment);
    return { store, office: await openHeadOfficeOn(store, machine) };
  };
  let running = await begin();
  return {
    database,
    office: {
      get sync() {
        return running.office.sync;
      },
      get admin() {
        return running.office.admin;
      },
      runJobs: () => running.office.runJobs(),
      firstAdministratorCode: () => running.office.firstAdministratorCode(),
      close: () => running.office.close(),
    },
    kill: () => running.store.kill(),
    async start() {
      running = await begin();
    },
  };
}
