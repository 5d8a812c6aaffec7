import { copyFileSync, existsSync, rmSync } from "node:fs";
import { flushFile, moveWhole, writeWhole } from "#main/system/durable-file.ts";
import { toStorageFault } from "../faults.ts";
import { unfinishedRestore } from "../open-database.ts";
import { refuseDamagedCopy } from "./tasks.ts";

type Restore = {
  /** The copy, which stays where it is. */
  readonly from: string;
  /** The database that it replaces. Nobody has it open. */
  readonly to: string;
  readonly key: Uint8Array;
  readonly atMs: number;
};

/** What belongs to a database of this name: SQLite's write-ahead log may hold its last operations. */
const parts = ["", "-wal"] as const;

/**
 * Puts a copy in the place of a database. The copy is read whole before anything is touched, and what was there is copied aside, byte by
 * byte and damaged or not, before it goes. After a power cut in the middle it is done again with the same result.
 *
 * @returns the files in which what was there now lies
 * @throws Fault `STORAGE_…` when the copy does not open, is damaged, or the disk has no room; nothing was changed then
 */
export function restoreFile({ from, to, key, atMs }: Restore): readonly string[] {
  const draft = `${to}.restored`;
  try {
    rmSync(draft, { force: true });
    copyFileSync(from, draft);
    flushFile(draft);
    refuseDamagedCopy(draft, key);
    const aside = setAside(to, `${to}.replaced-${new Date(atMs).toISOString().slice(0, 19).replaceAll(":", ".")}Z`);
    writeWhole(unfinishedRestore(to), Buffer.from(from, "utf8"));
    // The log of the old database would be taken for that of the new one.
    for (const part of ["-wal", "-shm"]) rmSync(`${to}${part}`, { force: true });
    moveWhole(draft, to);
    rmSync(unfinishedRestore(to));
    return aside;
  } catch (cause) {
    throw toStorageFault(cause);
  }
}

function setAside(file: string, as: string): readonly string[] {
  return parts
    .filter((part) => existsSync(`${file}${part}`))
    .map((part) => {
      copyFileSync(`${file}${part}`, `${as}${part}.new`);
      flushFile(`${as}${part}.new`);
      moveWhole(`${as}${part}.new`, `${as}${part}`);
      return `${as}${part}`;
    });
}
