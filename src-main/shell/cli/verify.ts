import type { Verified } from "#main/app/ports/upkeep.ts";
import { mirrorFolder } from "#main/mirror/mirror-folder.ts";
import { dataFolder } from "#main/shell/data-folder.ts";
import { verifyStation } from "#main/verify-station.ts";
import { printJson } from "./answer.ts";
import { askOwner } from "./ask-owner.ts";
import { exitCodes } from "./command-failure.ts";
import { readOptions } from "./options.ts";
import { keyBeside, migrationsFolder, stationFile } from "./own-files.ts";
import { verifyWords } from "./verify-words.ts";

/** `station verify`: whether the books hold. Exits with 1 when something does not, so that a nightly script can call somebody. */
export async function verify(args: readonly string[]): Promise<number> {
  const { values } = readOptions(args, { data: { type: "string" }, user: { type: "string" }, json: { type: "boolean", default: false } });
  const dataDir = dataFolder(values.data);
  const file = stationFile(dataDir);
  const key = await keyBeside(dataDir);
  const found = key
    ? verifyStation({ file, key, migrationsFolder, journal: mirrorFolder({ dataDir, dataKey: key, given: undefined }).folder })
    : ((await askOwner(dataDir, "upkeep.verify", values.user)) as Verified);
  printJson(found, values.json);
  for (const words of verifyWords(found)) console.error(words);
  return found.ok ? exitCodes.done : exitCodes.refused;
}
