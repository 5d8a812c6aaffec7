import { rmSync } from "node:fs";
import Database from "better-sqlite3";
import { Fault } from "#main/app/ports/fault.ts";
import { flushFile, moveWhole } from "#main/system/durable-file.ts";
import { copyDatabase } from "../copy-database.ts";
import { toStorageFault } from "../faults.ts";
import { unlock } from "../unlock.ts";
import { opensWith, refuseDamagedCopy } from "./tasks.ts";

type Keys = { readonly from: Uint8Array; readonly to: Uint8Array };

/**
 * Gives a database another key. Nobody has it open.
 *
 * SQLite's own change of key works in place, and a power cut near its end leaves a file that neither key opens (seen in two of
 * fourteen kills). So a copy is changed, read back with the new key, and takes the place of the old file in one step.
 *
 * @returns whether there was anything to do; a file that has the new key already is left as it is
 * @throws Fault `STORAGE_…`; the file opens with the one key or with the other then, and not with neither
 */
export function reseal(file: string, keys: Keys): boolean {
  if (opensWith(file, keys.to)) return false;
  const draft = `${file}.resealed`;
  try {
    intoOneFile(file, keys.from);
    const sqlite = new Database(file, { readonly: true });
    try {
      unlock(sqlite, keys.from);
      copyDatabase(sqlite, draft, (copy) => changeKey(copy, keys));
    } finally {
      sqlite.close();
    }
    moveWhole(draft, file);
    return true;
  } catch (cause) {
    rmSync(draft, { force: true });
    throw toStorageFault(cause);
  }
}

/** What the write-ahead log holds goes into the file, and the log goes: it would be taken for the new file's. */
function intoOneFile(file: string, key: Uint8Array): void {
  const sqlite = new Database(file, { fileMustExist: true });
  try {
    unlock(sqlite, key);
    const mode: unknown = sqlite.pragma("journal_mode = DELETE", { simple: true });
    if (mode !== "delete") throw new Fault("STORAGE_BUSY", { message: "Another program holds the database." });
  } finally {
    sqlite.close();
  }
}

function changeKey(copy: string, { from, to }: Keys): void {
  const sqlite = new Database(copy);
  try {
    unlock(sqlite, from);
    sqlite.pragma(`rekey="x'${Buffer.from(to).toString("hex")}'"`);
  } finally {
    sqlite.close();
  }
  flushFile(copy);
  refuseDamagedCopy(copy, to);
}
