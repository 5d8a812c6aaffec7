import { join } from "node:path";
import { changeKey as changeKeyOf } from "#main/change-key.ts";
import { dataFolder } from "#main/shell/data-folder.ts";
import { takeOwnership } from "#main/shell/owner-lock.ts";
import { printJson } from "./answer.ts";
import { exitCodes } from "./command-failure.ts";
import { readOptions } from "./options.ts";

/** `station change-key`: another key for all data of a closed counter. What was printed of the old one is worth nothing afterwards. */
export async function changeKey(args: readonly string[]): Promise<number> {
  const { values } = readOptions(args, { data: { type: "string" }, json: { type: "boolean", default: false } });
  const dataDir = dataFolder(values.data);
  const lock = takeOwnership(dataDir, Date.now());
  try {
    printJson(await changeKeyOf(join(dataDir, "station.db")), values.json);
    return exitCodes.done;
  } finally {
    lock.release();
  }
}
