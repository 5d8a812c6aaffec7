import { existsSync } from "node:fs";
import Database from "better-sqlite3";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { Fault } from "#main/app/ports/fault.ts";
import { copyDatabase } from "./copy-database.ts";
import { toStorageFault } from "./faults.ts";
import { applyMigrations, pendingMigrations } from "./migrations.ts";
import { unlock } from "./unlock.ts";

export type StationDatabase = ReturnType<typeof openDatabase>;

/**
 * When what was written lies on the disk and not only in the system's memory. A power cut damages the file in neither case; with
 * `atCheckpoints` it may take the latest commits with it.
 */
export type WrittenThrough = "atEveryCommit" | "atCheckpoints";

type OpenOptions = {
  /** For a station the default, without exception; a generator that begins again after a power cut may be quicker. */
  readonly writtenThrough?: WrittenThrough | undefined;
  /** Told to an older program that meets what this one has brought up to date. */
  readonly appVersion?: string;
};

/**
 * Opens the one encrypted file of a station and brings its tables up to this version.
 *
 * @param file path of `station.db`
 * @param key 32 bytes; the file shows no SQLite header without it
 * @param migrationsFolder `drizzle/branch`
 * @throws Fault `STORAGE_…` with the cause, when the file cannot be opened, read with this key, written or migrated; nothing was changed then
 */
export function openDatabase(file: string, key: Uint8Array, migrationsFolder: string, options: OpenOptions = {}) {
  const { writtenThrough = "atEveryCommit", appVersion } = options;
  let sqlite: Database.Database | undefined;
  try {
    refuseHalfRestored(file);
    sqlite = new Database(file);
    unlock(sqlite, key);
    sqlite.pragma("journal_mode = WAL");
    // An acknowledged operation survives a power cut: points are somebody's money.
    sqlite.pragma(`synchronous = ${writtenThrough === "atEveryCommit" ? "FULL" : "NORMAL"}`);
    // The log is moved into the file when the counter pauses; only in a rush without end does a commit do it, once in some hundred.
    sqlite.pragma("wal_autocheckpoint = 4000");
    // What is deleted is overwritten: a person who was forgotten is in no page of the file, whoever looks.
    sqlite.pragma("secure_delete = ON");
    sqlite.pragma("trusted_schema = OFF");
    sqlite.pragma("cell_size_check = ON");
    sqlite.pragma("busy_timeout = 2000");
    refuseReadOnly(sqlite);
    bringUpToDate(sqlite, file, migrationsFolder, appVersion);
    return { sqlite, db: drizzle({ client: sqlite }) };
  } catch (cause) {
    sqlite?.close();
    throw toStorageFault(cause);
  }
}

/** While this lies beside a database, a copy is taking its place, and what stands there may lack its last operations. */
export const unfinishedRestore = (file: string): string => `${file}.restoring`;

function refuseHalfRestored(file: string): void {
  if (!existsSync(unfinishedRestore(file))) return;
  throw new Fault("STORAGE_RESTORING", { message: "A copy was being restored and it was broken off: run `station restore` again." });
}

/** SQLite opens what it may only read, and would say so at the first award. */
function refuseReadOnly(sqlite: Database.Database): void {
  sqlite.exec("BEGIN IMMEDIATE");
  sqlite.exec("ROLLBACK");
}

/** A file of an earlier version is copied before it is changed; the copy stays beside it. */
function bringUpToDate(sqlite: Database.Database, file: string, migrationsFolder: string, appVersion: string | undefined): void {
  const { pending, isFilled } = pendingMigrations(sqlite, migrationsFolder);
  const last = pending.at(-1);
  if (!last) return;
  if (isFilled) copyDatabase(sqlite, beforeMigration(file, last.name));
  applyMigrations(sqlite, pending, appVersion);
}

/** Where the copy of a file lies that was made before the named step. */
export const beforeMigration = (file: string, migration: string): string => `${file}.before-${migration}`;
