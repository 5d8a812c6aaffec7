import { statSync } from "node:fs";
import Database from "better-sqlite3";
import { Fault } from "#main/app/ports/fault.ts";
import type { Forgotten, Verified } from "#main/app/ports/upkeep.ts";
import { copyDatabase } from "../copy-database.ts";
import { toStorageFault } from "../faults.ts";
import type { buildFile, BuildTask } from "../snapshot/build-file.ts";
import { unlock } from "../unlock.ts";

/** What is read of a whole file, on a connection of its own. */
export type UpkeepTask =
  | {
      readonly name: "verify";
      readonly file: string;
      readonly key: Uint8Array;
      readonly migrationsFolder: string;
      /** Folder of the mirror journal; undefined where none is kept. */
      readonly journal: string | undefined;
    }
  | {
      readonly name: "forget";
      readonly file: string;
      readonly key: Uint8Array;
      readonly migrationsFolder: string;
      readonly forgotten: Forgotten;
    }
  | { readonly name: "copy"; readonly file: string; readonly key: Uint8Array; readonly to: string }
  | BuildTask;

export type UpkeepAnswer = {
  readonly verify: Verified;
  readonly copy: { readonly bytes: number };
  readonly forget: { readonly bytes: number };
  readonly snapshot: ReturnType<typeof buildFile>;
};

/** Copies the file as it is at this moment, while others write it, and reads the copy back. @throws Fault `STORAGE_…` */
export function copyFile(file: string, key: Uint8Array, to: string): UpkeepAnswer["copy"] {
  const sqlite = openToRead(file, key);
  try {
    copyDatabase(sqlite, to, (draft) => refuseDamagedCopy(draft, key));
  } catch (cause) {
    throw toStorageFault(cause);
  } finally {
    sqlite.close();
  }
  return { bytes: statSync(to).size };
}

/** @throws Fault `STORAGE_…` unless the copy opens with the key and every page of it can be read */
export function refuseDamagedCopy(copy: string, key: Uint8Array): void {
  const sqlite = openToRead(copy, key);
  try {
    const [said] = sqlite.pragma("quick_check") as { quick_check: string }[];
    if (said?.quick_check !== "ok") throw new Fault("STORAGE_DAMAGED", { message: "The copy is damaged." });
  } catch (cause) {
    throw toStorageFault(cause);
  } finally {
    sqlite.close();
  }
}

/** Whether a file is a database that opens with this key. @throws Fault `STORAGE_…` for what is wrong with it beside the key */
export function opensWith(file: string, key: Uint8Array): boolean {
  try {
    openToRead(file, key).close();
    return true;
  } catch (cause) {
    if (cause instanceof Fault && cause.code === "STORAGE_KEY_OR_FILE_WRONG") return false;
    throw cause;
  }
}

export function openToRead(file: string, key: Uint8Array): Database.Database {
  let sqlite: Database.Database | undefined;
  try {
    sqlite = new Database(file, { readonly: true, fileMustExist: true });
    unlock(sqlite, key);
    sqlite.prepare("SELECT count(*) FROM sqlite_master").get();
    return sqlite;
  } catch (cause) {
    sqlite?.close();
    throw toStorageFault(cause);
  }
}
