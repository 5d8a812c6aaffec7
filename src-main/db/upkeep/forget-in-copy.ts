import { readdirSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Forgotten } from "#main/app/ports/upkeep.ts";
import { copyDatabase } from "../copy-database.ts";
import { toStorageFault } from "../faults.ts";
import { putRow } from "../feed-rows.ts";
import { forgetRequest } from "../forget-person.ts";
import { openDatabase } from "../open-database.ts";
import { makeTables } from "../tables.ts";
import { openToRead, refuseDamagedCopy } from "./tasks.ts";

/**
 * Takes people out of a copy of the database, as the station did in the database itself; a copy of an earlier version is brought up to date
 * for that. The copy is copied once more and takes its own place in one step, so that a power cut leaves the one or the other.
 *
 * @throws Fault `STORAGE_…`; the copy is as it was then
 */
export function forgetInCopy(file: string, key: Uint8Array, migrationsFolder: string, forgotten: Forgotten): { readonly bytes: number } {
  const sqlite = openToRead(file, key);
  try {
    copyDatabase(sqlite, file, (draft) => {
      forgetIn(draft, key, migrationsFolder, forgotten);
      refuseDamagedCopy(draft, key);
    });
  } catch (cause) {
    throw toStorageFault(cause);
  } finally {
    sqlite.close();
  }
  return { bytes: statSync(file).size };
}

function forgetIn(draft: string, key: Uint8Array, migrationsFolder: string, { erasures, requests }: Forgotten): void {
  const database = openDatabase(draft, key, migrationsFolder);
  try {
    const tables = makeTables(database);
    const touched = {
      memberIds: new Set<string>(),
      wroteOperations: false,
      movedStock: false,
      operations: [],
      grants: [],
      changedFacts: false,
    };
    database.sqlite.exec("BEGIN IMMEDIATE");
    for (const erasure of erasures) putRow(tables, touched, "erasure", erasure.memberId, erasure, 0, 0);
    for (const request of requests) forgetRequest(tables, request);
    database.sqlite.exec("COMMIT");
    // One file, as every copy is.
    database.sqlite.pragma("journal_mode = DELETE");
  } finally {
    database.sqlite.close();
    removeSiblings(draft, ".before-");
  }
}

/** Files beside another one that have its name and then this. */
export function removeSiblings(file: string, ...marks: readonly string[]): void {
  const isOne = (name: string): boolean => marks.some((mark) => name.startsWith(`${basename(file)}${mark}`));
  for (const name of readdirSync(dirname(file)).filter(isOne)) rmSync(join(dirname(file), name), { force: true });
}
