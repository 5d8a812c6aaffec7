import Database from "better-sqlite3";
import { DrizzleQueryError } from "drizzle-orm";
import { Fault } from "#main/app/ports/fault.ts";

/** Code and what to tell, by SQLite's own code. */
const faults: Readonly<Record<string, readonly [code: string, message: string]>> = {
  SQLITE_FULL: ["STORAGE_FULL", "The disk is full; nothing of the last action was stored."],
  SQLITE_READONLY: ["STORAGE_READ_ONLY", "station.db cannot be written: the folder or the file is read-only."],
  SQLITE_CANTOPEN: ["STORAGE_CANNOT_OPEN", "station.db cannot be opened: is the folder there, and may this user read it?"],
  SQLITE_CORRUPT: ["STORAGE_DAMAGED", "station.db is damaged."],
  SQLITE_NOTADB: ["STORAGE_KEY_OR_FILE_WRONG", "station.db does not open with this key, or is no database."],
  SQLITE_BUSY: ["STORAGE_BUSY", "Another program holds station.db."],
};

/**
 * Names the SQLite failures that a person can act on. The rest are ours to fix.
 *
 * Drizzle wraps what SQLite throws in an error whose message repeats the values of the query, names and phones among them. The wrapper
 * ends here, so that no log ever gets it.
 */
export function toStorageFault(thrown: unknown): unknown {
  const cause = thrown instanceof DrizzleQueryError ? thrown.cause : thrown;
  if (!(cause instanceof Database.SqliteError)) return cause;
  const known = faults[cause.code] ?? faults[cause.code.split("_").slice(0, 2).join("_")];
  return known ? new Fault(known[0], { cause, message: known[1] }) : cause;
}
