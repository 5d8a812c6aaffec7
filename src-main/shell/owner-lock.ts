import { chmodSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { Fault } from "#main/app/ports/fault.ts";
import { readOwner, removeOwner, writeOwner, type Owner } from "./owner-note.ts";

export type OwnerLock = {
  /** Tells this person's other processes where the owner is to be found. */
  readonly announce: (where: Pick<Owner, "address" | "url">) => void;
  readonly release: () => void;
};

/** The data folder is open in another process, which alone may write its database. */
export class OwnedByAnother extends Fault {
  constructor(owner: Owner | undefined) {
    super("OWNED_BY_ANOTHER", {
      message: owner ? `Already open by process ${owner.pid}.` : "Already open by another process.",
      data: owner ? { pid: owner.pid } : {},
    });
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
    announce: (where) => writeOwner(folder, { ...owner, ...where }),
    release: () => {
      removeOwner(folder);
      lock.close();
    },
  };
}

function lockFile(folder: string): Database.Database {
  const file = join(folder, "station.lock");
  const lock = new Database(file, { timeout: 0 });
  try {
    // Who may read a file may lock it too.
    chmodSync(file, 0o600);
    lock.exec("BEGIN EXCLUSIVE");
    return lock;
  } catch (cause) {
    lock.close();
    if (cause instanceof Database.SqliteError && cause.code === "SQLITE_BUSY") throw new OwnedByAnother(readOwner(folder));
    throw cause;
  }
}
