import Database from "better-sqlite3";
import { DrizzleQueryError } from "drizzle-orm";
import { Fault } from "#main/app/ports/fault.ts";

const codes: Readonly<Record<string, string>> = {
  SQLITE_FULL: "STORAGE_FULL",
  SQLITE_READONLY: "STORAGE_READ_ONLY",
  SQLITE_CANTOPEN: "STORAGE_CANNOT_OPEN",
  SQLITE_CORRUPT: "STORAGE_DAMAGED",
  SQLITE_NOTADB: "STORAGE_KEY_OR_FILE_WRONG",
  SQLITE_BUSY: "STORAGE_BUSY",
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
  const code = codes[cause.code] ?? codes[cause.code.split("_").slice(0, 2).join("_")];
  return code ? new Fault(code, { cause }) : cause;
}
