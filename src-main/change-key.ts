import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { reseal } from "#main/db/upkeep/reseal.ts";
import { backupFolder, backupsIn } from "#main/db/upkeep/backup-shelf.ts";
import { opensWith } from "#main/db/upkeep/tasks.ts";
import { changeKeyInFile } from "#main/security/data-key.ts";

export type KeyChanged = {
  /** Files that have the new key now. */
  readonly resealed: readonly string[];
  /** Set aside earlier and opened by neither key; as they were. */
  readonly left: readonly string[];
};

/**
 * Changes the key of everything that is encrypted with it in a data folder: the copies first, the database last, so that until the end
 * the database is what the old key opens. The counter is closed. A change that was broken off anywhere goes on when it is called again.
 *
 * The mirror journal is not touched: at the next start the counter finds that it cannot read it and writes a whole new one beside it.
 *
 * @throws Fault `KEY_…`, `STORAGE_…`; until it has succeeded the counter does not open and says so
 */
export async function changeKey(file: string): Promise<KeyChanged> {
  const change = await changeKeyInFile(dirname(file));
  const resealed: string[] = [];
  const left: string[] = [];
  for (const each of [...copiesOf(file), file]) {
    if (each !== file && !opensWith(each, change.from) && !opensWith(each, change.to)) left.push(each);
    else {
      reseal(each, change);
      resealed.push(each);
    }
  }
  change.finish();
  return { resealed, left };
}

/** Backups, and what lies beside the database from before updates and restores. */
function copiesOf(file: string): readonly string[] {
  const beside = readdirSync(dirname(file))
    .filter((name) => /^station\.db\.(before|replaced)-[^/]*$/.test(name) && !/-(wal|shm|journal)$|\.new$|\.resealed/.test(name))
    .map((name) => join(dirname(file), name));
  const folder = backupFolder(file);
  return [...backupsIn(folder).map(({ name }) => join(folder, name)), ...beside].filter((each) => existsSync(each));
}
