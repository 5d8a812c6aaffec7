import { existsSync } from "node:fs";
import { join } from "node:path";
import { Fault } from "#main/app/ports/fault.ts";
import { backupFolder, backupsIn } from "#main/db/upkeep/backup-shelf.ts";
import { restoreFile } from "#main/db/upkeep/restore.ts";
import { keyInFile } from "#main/security/data-key.ts";
import { dataFolder } from "#main/shell/data-folder.ts";
import { takeOwnership } from "#main/shell/owner-lock.ts";
import { printJson } from "./answer.ts";
import { exitCodes } from "./command-failure.ts";
import { readOptions } from "./options.ts";
import { keyBeside } from "./own-files.ts";

/** `station restore`: a copy takes the place of the data. The counter has to be closed. */
export async function restore(args: readonly string[]): Promise<number> {
  const { values } = readOptions(args, { data: { type: "string" }, backup: { type: "string" }, json: { type: "boolean", default: false } });
  const dataDir = dataFolder(values.data);
  const file = join(dataDir, "station.db");
  const from = values.backup ?? newestBackup(backupFolder(file));
  if (!existsSync(from)) throw new Fault("BACKUP_NOT_FOUND", { message: `There is no copy ${from}.` });
  const lock = takeOwnership(dataDir, Date.now());
  try {
    // Where the key is in the system's safe storage, this says so: the printed one does instead.
    const key = (await keyBeside(dataDir)) ?? (await keyInFile(dataDir).open({ mayCreate: false }));
    const setAside = restoreFile({ from, to: file, key, atMs: Date.now() });
    printJson({ restored: from, setAside }, values.json);
    return exitCodes.done;
  } finally {
    lock.release();
  }
}

function newestBackup(folder: string): string {
  const [newest] = backupsIn(folder);
  if (!newest) throw new Fault("BACKUP_NOT_FOUND", { message: `There is no copy in ${folder}. Name one with --backup.` });
  return join(folder, newest.name);
}
