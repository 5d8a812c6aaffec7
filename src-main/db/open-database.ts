import { copyFileSync, existsSync, readdirSync, statSync } from "node:fs";
import Database from "better-sqlite3";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { migrate } from "drizzle-orm/better-sqlite3/migrator";
import { Fault } from "#main/app/ports/fault.ts";
import { toStorageFault } from "./faults.ts";

export type StationDatabase = ReturnType<typeof openDatabase>;

/**
 * When what was written lies on the disk and not only in the system's memory. A power cut damages the file in neither case; with
 * `atCheckpoints` it may take the latest commits with it.
 */
export type WrittenThrough = "atEveryCommit" | "atCheckpoints";

/**
 * Opens the one encrypted file of a station and brings its tables up to this version.
 *
 * @param file path of `station.db`
 * @param key 32 bytes; the file shows no SQLite header without it
 * @param migrationsFolder `drizzle/branch`
 * @param writtenThrough for a station the default, without exception; a generator that begins again after a power cut may be quicker
 * @throws Fault `STORAGE_…` with the cause, when the file cannot be opened, read with this key or migrated; nothing was changed then
 */
export function openDatabase(file: string, key: Uint8Array, migrationsFolder: string, writtenThrough: WrittenThrough = "atEveryCommit") {
  let sqlite: Database.Database | undefined;
  try {
    sqlite = new Database(file);
    sqlite.pragma("cipher='sqlcipher'");
    sqlite.pragma(`key="x'${Buffer.from(key).toString("hex")}'"`);
    sqlite.pragma("journal_mode = WAL");
    // An acknowledged operation survives a power cut: points are somebody's money.
    sqlite.pragma(`synchronous = ${writtenThrough === "atEveryCommit" ? "FULL" : "NORMAL"}`);
    sqlite.pragma("trusted_schema = OFF");
    sqlite.pragma("cell_size_check = ON");
    // Sorting must not spill names into a file that is not encrypted.
    sqlite.pragma("temp_store = MEMORY");
    sqlite.pragma("busy_timeout = 2000");
    const db = drizzle({ client: sqlite });
    bringUpToDate(sqlite, db, file, migrationsFolder);
    return { sqlite, db };
  } catch (cause) {
    sqlite?.close();
    throw toStorageFault(cause);
  }
}

function bringUpToDate(sqlite: Database.Database, db: ReturnType<typeof drizzle>, file: string, migrationsFolder: string): void {
  const isFilled = sqlite.prepare("SELECT 1 FROM sqlite_master WHERE name = '__drizzle_migrations'").get() !== undefined;
  const done = isFilled ? Number(sqlite.prepare("SELECT count(*) FROM __drizzle_migrations").pluck().get()) : 0;
  const known = readdirSync(migrationsFolder).filter((name) => statSync(`${migrationsFolder}/${name}`).isDirectory()).length;
  if (done < known && done > 0 && existsSync(file)) {
    sqlite.pragma("wal_checkpoint(TRUNCATE)");
    copyFileSync(file, `${file}.before-${known}`);
  }
  // A table rebuild inside the migrator's transaction would cascade into child rows, and the switch has no effect there.
  sqlite.pragma("foreign_keys = OFF");
  migrate(db, { migrationsFolder });
  const broken = sqlite.pragma("foreign_key_check") as unknown[];
  if (broken.length > 0) throw new Fault("STORAGE_DAMAGED", { message: `${broken.length} foreign keys broken after migration` });
  sqlite.pragma("foreign_keys = ON");
}
