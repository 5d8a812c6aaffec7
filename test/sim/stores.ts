import { openHeadOfficeOn } from "#server/open-head-office.ts";
import { makeHandClock } from "#test/support/hand-clock.ts";
import { makeMemoryDatabase } from "./memory-store/memory-database.ts";
import { openMemoryStore } from "./memory-store/open-memory-store.ts";
import { foundCompany, type FoundedCompany } from "./world/company.ts";
import { makeDice } from "./world/dice.ts";
import { foundOnPostgres } from "./world/found-on-postgres.ts";
import { makeMemoryDisk } from "./world/memory-disk.ts";
import { ask, makePostgresDisk } from "./world/postgres-disk.ts";
import type { MakeDisk } from "./live.ts";

/** Where the histories' head offices have their books. */
export type StoreKind = "memory" | "postgres";

type Copies = { readonly makeDisk: MakeDisk; readonly close: () => Promise<void> };

/** Head offices in memory: the company is founded once, and each history begins with what its books then were. */
export function copiesInMemory(): Copies {
  const founded = (async () => {
    const database = makeMemoryDatabase();
    const machine = { clock: makeHandClock(), random: makeDice(0n).bytes, log: () => undefined };
    const office = await openHeadOfficeOn(openMemoryStore(database), machine);
    const company = await foundCompany(office);
    await office.close();
    return { company, backup: database.backup() };
  })();
  return {
    async makeDisk() {
      const { company, backup } = await founded;
      return { company, disk: makeMemoryDisk(backup) };
    },
    close: async () => undefined,
  };
}

/**
 * Head offices on a PostgreSQL: the company is founded once, and each history gets a copy of that database.
 *
 * @param serverUrl of its maintenance database, as superuser
 */
export function copiesOnPostgres(serverUrl: string): Copies {
  const template = `sim_${process.pid}_template`;
  const urlOf = (name: string): string => {
    const url = new URL(serverUrl);
    url.pathname = name;
    return url.href;
  };
  let founded: Promise<FoundedCompany> | undefined;
  let copies = 0;

  async function found(): Promise<FoundedCompany> {
    await ask(serverUrl, `create database "${template}" encoding 'UTF8' template template0`);
    return foundOnPostgres(urlOf(template));
  }

  return {
    async makeDisk(timeline) {
      const company = await (founded ??= found());
      const name = `sim_${process.pid}_${++copies}`;
      await ask(serverUrl, `create database "${name}" template "${template}"`);
      const disk = makePostgresDisk(urlOf(name), timeline);
      const close = async (): Promise<void> => {
        await disk.close();
        await ask(serverUrl, `drop database if exists "${name}" with (force)`);
      };
      return { company, disk: { ...disk, close } };
    },
    close: async () => founded && ask(serverUrl, `drop database if exists "${template}" with (force)`),
  };
}
