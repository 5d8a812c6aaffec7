import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { z } from "zod";
import { Fault } from "#main/app/ports/fault.ts";

const ownerRecord = z.object({
  pid: z.int().positive(),
  startedAtMs: z.int(),
  /** Where the owner takes calls from this computer: a socket path or the name of a pipe. Absent until it does. */
  address: z.string().optional(),
});
/** Who has a data folder open. */
export type Owner = z.infer<typeof ownerRecord>;

export type OwnerLock = {
  /** Tells other processes of this person where the owner takes calls. */
  readonly announce: (address: string) => void;
  readonly release: () => void;
};

/** The data folder is open in another process, which alone may write its database. */
export class OwnedByAnother extends Fault {
  readonly data: { readonly pid?: number };
  constructor(owner: Owner | undefined) {
    super("OWNED_BY_ANOTHER", { message: owner ? `Already open by process ${owner.pid}.` : "Already open by another process." });
    this.data = owner ? { pid: owner.pid } : {};
  }
}

/**
 * Makes this process the only owner of a data folder, until it releases the lock or ends in whatever way.
 *
 * The lock is SQLite's own on an empty database: the system drops it with the process, so that one left by kill -9 needs no guessing
 * from process ids, which are used again, and which mean nothing across containers that share a folder. Beside it lies a note for
 * people and for `station call`, in a file of its own: a process that opens and closes a locked file loses its lock on POSIX systems.
 *
 * @throws OwnedByAnother
 */
export function takeOwnership(folder: string, nowMs: number): OwnerLock {
  const lock = lockFile(folder);
  const owner: Owner = { pid: process.pid, startedAtMs: nowMs };
  writeOwner(folder, owner);
  return {
    announce: (address) => writeOwner(folder, { ...owner, address }),
    release: () => {
      rmSync(ownerFile(folder), { force: true });
      lock.close();
    },
  };
}

/** @returns who wrote the note last; the process may be gone since */
export function readOwner(folder: string): Owner | undefined {
  try {
    return ownerRecord.parse(JSON.parse(readFileSync(ownerFile(folder), "utf8")));
  } catch {
    return undefined; // Nobody yet, or a note that a crash cut off.
  }
}

function lockFile(folder: string): Database.Database {
  const lock = new Database(join(folder, "station.lock"), { timeout: 0 });
  try {
    lock.exec("BEGIN EXCLUSIVE");
    return lock;
  } catch (cause) {
    lock.close();
    if (cause instanceof Database.SqliteError && cause.code === "SQLITE_BUSY") throw new OwnedByAnother(readOwner(folder));
    throw cause;
  }
}

/** Renamed into place, so that a reader finds a whole note or the one before. */
function writeOwner(folder: string, owner: Owner): void {
  const draft = `${ownerFile(folder)}.new`;
  writeFileSync(draft, JSON.stringify(owner), { mode: 0o600 });
  renameSync(draft, ownerFile(folder));
}

const ownerFile = (folder: string): string => join(folder, "station.owner");
