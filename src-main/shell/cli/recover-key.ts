import { Fault } from "#main/app/ports/fault.ts";
import { opensWith } from "#main/db/upkeep/tasks.ts";
import { putKeyInFile } from "#main/security/data-key.ts";
import { readRecoveryKey } from "#main/security/recovery-key.ts";
import { dataFolder } from "#main/shell/data-folder.ts";
import { takeOwnership } from "#main/shell/owner-lock.ts";
import { printJson } from "./answer.ts";
import { exitCodes } from "./command-failure.ts";
import { readOptions, usage } from "./options.ts";
import { stationFile } from "./own-files.ts";

/** `station recover-key`: brings back the key of data that lost it, from the printed recovery key. */
export async function recoverKey(args: readonly string[]): Promise<number> {
  const { values } = readOptions(args, { data: { type: "string" }, json: { type: "boolean", default: false } });
  // As with passwords: other users of this computer see the arguments of a program.
  const typed = process.env.COUNTERFOIL_RECOVERY_KEY;
  if (!typed) throw usage("The recovery key is missing: set COUNTERFOIL_RECOVERY_KEY.");
  const dataDir = dataFolder(values.data);
  const file = stationFile(dataDir);
  const key = readRecoveryKey(typed);
  const lock = takeOwnership(dataDir, Date.now());
  try {
    if (!opensWith(file, key)) throw new Fault("RECOVERY_KEY_WRONG", { message: "This is the recovery key of other data." });
    putKeyInFile(dataDir, key);
    printJson({ recovered: file }, values.json);
    return exitCodes.done;
  } finally {
    lock.release();
  }
}
