import { randomBytes } from "node:crypto";
import { mkdir, open, readFile, rename, stat } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseKeyFault } from "./database-key-fault.ts";

/** Where the key of the personal data lies: never in the database, so that whoever copies the database has nothing to read. */
export type DatabaseKey = {
  /**
   * @param mayMake false once something is sealed: a new key would not open it
   * @returns 32 bytes
   * @throws DatabaseKeyFault
   */
  readonly open: (options: { readonly mayMake: boolean }) => Promise<Uint8Array>;
};

const keyBytes = 32;

/** The key in a file of head office's data folder that only its owner can read, made on the first start. */
export function keyInFile(dataDir: string): DatabaseKey {
  const file = join(dataDir, "database.key");
  return {
    async open({ mayMake }) {
      const found = await stat(file).catch(() => undefined);
      if (found) {
        // Windows has no such bits; there the folder's own rights say who reads it.
        if (process.platform !== "win32" && (found.mode & 0o077) !== 0) {
          throw new DatabaseKeyFault("DATABASE_KEY_EXPOSED", `Other users can read ${file}. If nobody has copied it: chmod 600 ${file}`);
        }
        return fromHex(await readFile(file, "utf8"), file);
      }
      if (mayMake) return make(dataDir, file);
      throw new DatabaseKeyFault(
        "DATABASE_KEY_MISSING",
        `The database is sealed, and its key is not there. Restore ${file} from where it was kept, or name the key in COUNTERFOIL_DATABASE_KEY beside COUNTERFOIL_DATABASE_URL.`,
      );
    },
  };
}

/** A key that was handed over in letters, for a database that several computers open. */
export const keyInHex = (digits: string): DatabaseKey => ({ open: async () => fromHex(digits, "COUNTERFOIL_DATABASE_KEY") });

/** On the disk before the first byte is sealed with it: half a key would be the loss of everything after it. */
async function make(dataDir: string, file: string): Promise<Uint8Array> {
  const key = randomBytes(keyBytes);
  // As passable as the local database below it needs it.
  await mkdir(dataDir, { recursive: true, mode: 0o711 });
  const unfinished = await open(`${file}.new`, "w", 0o600);
  await unfinished.writeFile(`${key.toString("hex")}\n`);
  await unfinished.sync();
  await unfinished.close();
  await rename(`${file}.new`, file);
  // A folder cannot be opened for writing down its names on Windows, which does it by itself.
  if (process.platform !== "win32") {
    const folder = await open(dataDir);
    await folder.sync();
    await folder.close();
  }
  return key;
}

function fromHex(text: string, place: string): Uint8Array {
  const digits = text.trim();
  if (/^[0-9a-f]{64}$/.test(digits)) return Buffer.from(digits, "hex");
  throw new DatabaseKeyFault("DATABASE_KEY_DAMAGED", `${place} does not hold a key of 64 hexadecimal digits.`);
}
