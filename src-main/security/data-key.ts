import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { Fault } from "#main/app/ports/fault.ts";
import { moveWhole, writeWhole } from "#main/system/durable-file.ts";

/** Where the key of `station.db` is kept. */
export type DataKeys = {
  /** `keyFile` is the weaker one: whoever can read the folder as its owner has the key beside the data. */
  readonly keptIn: "keyFile" | "safeStorage";
  /**
   * @param mayCreate false once there is data: a new key would not open it
   * @returns 32 bytes
   * @throws Fault `KEY_MISSING`, `KEY_EXPOSED`, `KEY_DAMAGED`, `KEY_IN_SAFE_STORAGE`
   */
  readonly open: (options: { readonly mayCreate: boolean }) => Promise<Uint8Array>;
};

/** The part of Electron's safe storage that a key needs: the system's keychain seals what only this person can open again. */
export type SafeStorage = {
  readonly encryptStringAsync: (plain: string) => Promise<Buffer>;
  readonly decryptStringAsync: (sealed: Buffer) => Promise<{ readonly result: string; readonly shouldReEncrypt: boolean }>;
};

const keyBytes = 32;
const plainFile = (folder: string): string => join(folder, "station.key");
const sealedFile = (folder: string): string => join(folder, "station.key.sealed");

/** The key that is about to take the place of the other. While it lies there some files have the one and some the other. */
const nextFile = (folder: string): string => join(folder, "station.key.next");

/** The key in a file of its own that only its owner can read, for the shells without a keychain. */
export function keyInFile(folder: string): DataKeys {
  return {
    keptIn: "keyFile",
    open: async ({ mayCreate }) => {
      const file = plainFile(folder);
      if (existsSync(nextFile(folder)))
        throw new Fault("KEY_CHANGE_UNFINISHED", { message: "A change of the key was broken off: run `station change-key` again." });
      if (existsSync(file)) return readPlainKey(file);
      if (existsSync(sealedFile(folder))) {
        throw new Fault("KEY_IN_SAFE_STORAGE", {
          message: "The system's safe storage holds the key of this folder. Open the counter's own window; calls reach it there.",
        });
      }
      const key = newKey(folder, mayCreate);
      // On the disk before the first byte of data is sealed with it: half a key would be the loss of everything after it.
      writeWhole(file, Buffer.from(`${toHex(key)}\n`));
      return key;
    },
  };
}

/** The key sealed by the system's safe storage. A key file that a shell without a keychain left is taken over and removed. */
export function keyInSafeStorage(folder: string, storage: SafeStorage): DataKeys {
  const seal = async (key: Uint8Array): Promise<void> => writeWhole(sealedFile(folder), await storage.encryptStringAsync(toHex(key)));
  return {
    keptIn: "safeStorage",
    open: async ({ mayCreate }) => {
      const file = sealedFile(folder);
      if (existsSync(file)) {
        const { result, shouldReEncrypt } = await storage.decryptStringAsync(readFileSync(file)).catch((cause: unknown) => {
          throw new Fault("KEY_DAMAGED", { cause, message: "The system's safe storage does not open the key of this folder." });
        });
        const key = fromHex(result, file);
        // The system renewed its own key since.
        if (shouldReEncrypt) await seal(key);
        return key;
      }
      const plain = plainFile(folder);
      const key = existsSync(plain) ? readPlainKey(plain) : newKey(folder, mayCreate);
      await seal(key);
      rmSync(plain, { force: true });
      return key;
    },
  };
}

/** A change of the key in its file, from the first moment to the last. */
export type KeyChange = {
  readonly from: Uint8Array;
  readonly to: Uint8Array;
  /** Everything has the new key: the old one goes. */
  readonly finish: () => void;
};

/**
 * Begins a change of the key, or goes on with one that was broken off. Both keys lie beside each other until it is finished.
 *
 * @throws Fault `KEY_MISSING`, `KEY_EXPOSED`, `KEY_DAMAGED`, `KEY_IN_SAFE_STORAGE`
 */
export async function changeKeyInFile(folder: string): Promise<KeyChange> {
  const next = nextFile(folder);
  const file = plainFile(folder);
  const from = existsSync(next) ? readPlainKey(file) : await keyInFile(folder).open({ mayCreate: false });
  if (!existsSync(next)) writeWhole(next, Buffer.from(`${toHex(randomBytes(keyBytes))}\n`), `${next}.new`);
  const to = readPlainKey(next);
  return { from, to, finish: () => moveWhole(next, file) };
}

/** Puts a key in its place in a folder that has lost it. One that the system's safe storage no longer opens is set aside. */
export function putKeyInFile(folder: string, key: Uint8Array): void {
  writeWhole(plainFile(folder), Buffer.from(`${toHex(key)}\n`));
  if (existsSync(sealedFile(folder))) moveWhole(sealedFile(folder), `${sealedFile(folder)}.lost`);
}

function readPlainKey(file: string): Uint8Array {
  // Windows has no such bits; there the folder lies in the person's profile, which others cannot read.
  if (process.platform !== "win32" && (statSync(file).mode & 0o077) !== 0) {
    throw new Fault("KEY_EXPOSED", { message: `Other users can read ${file}. If nobody has copied it: chmod 600 ${file}` });
  }
  return fromHex(readFileSync(file, "utf8"), file);
}

function newKey(folder: string, mayCreate: boolean): Uint8Array {
  if (mayCreate) return randomBytes(keyBytes);
  throw new Fault("KEY_MISSING", {
    message: `The key of the data in ${folder} is not there. Restore ${plainFile(folder)} from where it was kept.`,
  });
}

const toHex = (key: Uint8Array): string => Buffer.from(key).toString("hex");

function fromHex(text: string, file: string): Uint8Array {
  const digits = text.trim();
  if (!/^[0-9a-f]{64}$/.test(digits)) throw new Fault("KEY_DAMAGED", { message: `${file} does not hold a key of 64 hexadecimal digits.` });
  return Buffer.from(digits, "hex");
}
