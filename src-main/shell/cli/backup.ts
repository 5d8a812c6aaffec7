import { makeBackupShelf, backupFolder } from "#main/db/upkeep/backup-shelf.ts";
import { dataFolder } from "#main/shell/data-folder.ts";
import { printJson } from "./answer.ts";
import { askOwner } from "./ask-owner.ts";
import { exitCodes } from "./command-failure.ts";
import { readOptions } from "./options.ts";
import { keyBeside, migrationsFolder, stationFile } from "./own-files.ts";

/** `station backup`: a copy now, beside those that the counter makes by itself. */
export async function backup(args: readonly string[]): Promise<number> {
  const { values } = readOptions(args, { data: { type: "string" }, user: { type: "string" }, json: { type: "boolean", default: false } });
  const dataDir = dataFolder(values.data);
  const file = stationFile(dataDir);
  const key = await keyBeside(dataDir);
  const made = key
    ? await makeBackupShelf({ file, key, folder: backupFolder(file), migrationsFolder }).add(Date.now())
    : await askOwner(dataDir, "upkeep.backUp", values.user);
  printJson(made, values.json);
  return exitCodes.done;
}
