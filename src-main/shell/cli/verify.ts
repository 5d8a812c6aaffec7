import type { Verified } from "#main/app/ports/upkeep.ts";
import { verifyFile } from "#main/db/verify/verify.ts";
import { dataFolder } from "#main/shell/data-folder.ts";
import { printJson } from "./answer.ts";
import { askOwner } from "./ask-owner.ts";
import { exitCodes } from "./command-failure.ts";
import { readOptions } from "./options.ts";
import { keyBeside, migrationsFolder, stationFile } from "./own-files.ts";

/** `station verify`: whether the books hold. Exits with 1 when something does not, so that a nightly script can call somebody. */
export async function verify(args: readonly string[]): Promise<number> {
  const { values } = readOptions(args, { data: { type: "string" }, user: { type: "string" }, json: { type: "boolean", default: false } });
  const dataDir = dataFolder(values.data);
  const file = stationFile(dataDir);
  const key = await keyBeside(dataDir);
  const found = key ? verifyFile(file, key, migrationsFolder) : ((await askOwner(dataDir, "upkeep.verify", values.user)) as Verified);
  printJson(found, values.json);
  return found.ok ? exitCodes.done : exitCodes.refused;
}
