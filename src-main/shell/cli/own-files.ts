import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Fault } from "#main/app/ports/fault.ts";
import { keyInFile } from "#main/security/data-key.ts";
import { readRecoveryKey } from "#main/security/recovery-key.ts";
import { sampleFolder } from "#main/sample/make-sample.ts";

export const migrationsFolder = fileURLToPath(new URL("../../../drizzle/branch", import.meta.url));

/** The database of a data folder: a station's own, or that of the counter at which one sits in a sample. @throws Fault `NO_DATA` */
export function stationFile(dataDir: string): string {
  const file = [join(dataDir, "station.db"), sampleFolder(dataDir).stationFile("A")].find((each) => existsSync(each));
  if (file === undefined) throw new Fault("NO_DATA", { message: `There is no station in ${dataDir}.` });
  return file;
}

/**
 * The key for a command that reads the file beside the counter: the printed one, when `COUNTERFOIL_RECOVERY_KEY` has it, or that of the
 * key file; undefined where only the counter's own window has it.
 */
export async function keyBeside(dataDir: string): Promise<Uint8Array | undefined> {
  const printed = process.env.COUNTERFOIL_RECOVERY_KEY;
  if (printed) return readRecoveryKey(printed);
  try {
    return await keyInFile(dataDir).open({ mayCreate: false });
  } catch (cause) {
    if (cause instanceof Fault && cause.code === "KEY_IN_SAFE_STORAGE") return undefined;
    throw cause;
  }
}
