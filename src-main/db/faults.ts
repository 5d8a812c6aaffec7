import Database from "better-sqlite3";
import { DrizzleQueryError } from "drizzle-orm";
import { Fault } from "#main/app/ports/fault.ts";

/** What each code says to whoever calls without a screen; the screens and the start have words of their own. */
const messages = {
  STORAGE_FULL: "The disk is full; nothing of the last action was stored.",
  STORAGE_READ_ONLY: "station.db cannot be written: the folder or the file is read-only.",
  STORAGE_CANNOT_OPEN: "station.db cannot be opened: is the folder there, and may this user read it?",
  STORAGE_DAMAGED: "station.db is damaged.",
  STORAGE_KEY_OR_FILE_WRONG: "station.db does not open with this key, or is no database.",
  STORAGE_BUSY: "Another program holds station.db.",
  STORAGE_FAILING: "The disk does not take or give back what the program asks of it.",
} as const;
type StorageCode = keyof typeof messages;

/** By SQLite's own codes, the exact one before its family; and by the system's, for what is written beside the database. */
const codes: Readonly<Record<string, StorageCode>> = {
  SQLITE_FULL: "STORAGE_FULL",
  // The first page of the shared memory file found no room.
  SQLITE_IOERR_SHMSIZE: "STORAGE_FULL",
  SQLITE_READONLY: "STORAGE_READ_ONLY",
  SQLITE_CANTOPEN: "STORAGE_CANNOT_OPEN",
  SQLITE_CORRUPT: "STORAGE_DAMAGED",
  SQLITE_NOTADB: "STORAGE_KEY_OR_FILE_WRONG",
  SQLITE_BUSY: "STORAGE_BUSY",
  SQLITE_IOERR: "STORAGE_FAILING",
  ENOSPC: "STORAGE_FULL",
  EDQUOT: "STORAGE_FULL",
  EROFS: "STORAGE_READ_ONLY",
  EACCES: "STORAGE_READ_ONLY",
  EPERM: "STORAGE_READ_ONLY",
  ENOENT: "STORAGE_CANNOT_OPEN",
  ENOTDIR: "STORAGE_CANNOT_OPEN",
  EFBIG: "STORAGE_FAILING",
  EIO: "STORAGE_FAILING",
};

const fileCalls = new Set([
  "mkdir",
  "open",
  "read",
  "write",
  "fsync",
  "ftruncate",
  "rename",
  "unlink",
  "rm",
  "chmod",
  "stat",
  "statfs",
  "copyfile",
  "link",
]);

/**
 * Names the failures of disk and database that a person can act on. The rest are ours to fix.
 *
 * Drizzle wraps what SQLite throws in an error whose message repeats the values of the query, names and phones among them. The wrapper
 * ends here, so that no log ever gets it.
 */
export function toStorageFault(thrown: unknown): unknown {
  const cause = thrown instanceof DrizzleQueryError ? thrown.cause : thrown;
  const said = codeOf(cause);
  const code = said === undefined ? undefined : (codes[said] ?? codes[said.split("_").slice(0, 2).join("_")]);
  return code ? new Fault(code, { cause, message: messages[code] }) : cause;
}

function codeOf(cause: unknown): string | undefined {
  if (cause instanceof Database.SqliteError) return cause.code;
  // What the system said of a file beside the database; of a network or a program it says the same codes.
  const isOfFile = cause instanceof Error && "code" in cause && "syscall" in cause && fileCalls.has(String(cause.syscall));
  return isOfFile ? String(cause.code) : undefined;
}
