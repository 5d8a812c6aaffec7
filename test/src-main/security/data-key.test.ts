import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { keyInFile, keyInSafeStorage, putKeyInFile, type SafeStorage } from "#main/security/data-key.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "data-key-"));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** A keychain that seals in a way that anybody can see through, and remembers what it sealed. */
function keychain({ isRenewed = false, isLocked = false } = {}): SafeStorage & { readonly sealed: string[] } {
  const sealed: string[] = [];
  return {
    sealed,
    encryptStringAsync: async (plain) => {
      sealed.push(plain);
      return Buffer.from(Buffer.from(plain).toString("base64"));
    },
    decryptStringAsync: async (bytes) => {
      if (isLocked) throw new Error("the keychain is of another person");
      return { result: Buffer.from(bytes.toString(), "base64").toString(), shouldReEncrypt: isRenewed };
    },
  };
}

const fresh = { mayCreate: true };
const withData = { mayCreate: false };

describe("a key file", () => {
  it("is made once, for its owner alone, and opens the data ever after", async () => {
    const key = await keyInFile(folder).open(fresh);
    expect(key).toHaveLength(32);
    expect((await stat(join(folder, "station.key"))).mode & 0o777).toBe(0o600);
    expect(await keyInFile(folder).open(withData)).toEqual(key);
    expect(await readdir(folder)).toEqual(["station.key"]);
  });

  it("is another one in another folder", async () => {
    const elsewhere = await mkdtemp(join(tmpdir(), "data-key-"));
    expect(await keyInFile(elsewhere).open(fresh)).not.toEqual(await keyInFile(folder).open(fresh));
    await rm(elsewhere, { recursive: true });
  });

  it("is not made anew beside data that it would not open", async () => {
    await expect(keyInFile(folder).open(withData)).rejects.toMatchObject({ code: "KEY_MISSING" });
    expect(await readdir(folder)).toEqual([]);
  });

  it("is refused when other users of this computer could have read it", async () => {
    await keyInFile(folder).open(fresh);
    for (const mode of [0o640, 0o604, 0o660]) {
      await chmod(join(folder, "station.key"), mode);
      await expect(keyInFile(folder).open(withData)).rejects.toMatchObject({ code: "KEY_EXPOSED" });
    }
  });

  it("is refused when it is cut off, and its digits are not repeated to anybody", async () => {
    for (const content of ["cutoff", "ab".repeat(31), "zz".repeat(32)]) {
      await writeFile(join(folder, "station.key"), content, { mode: 0o600 });
      const failure: unknown = await keyInFile(folder)
        .open(fresh)
        .catch((error: unknown) => error);
      expect(failure).toMatchObject({ code: "KEY_DAMAGED" });
      expect(String(failure)).not.toContain(content);
    }
  });
});

describe("safe storage", () => {
  it("keeps the key sealed, with nothing plain beside it", async () => {
    const storage = keychain();
    const key = await keyInSafeStorage(folder, storage).open(fresh);
    expect(await readdir(folder)).toEqual(["station.key.sealed"]);
    expect(await readFile(join(folder, "station.key.sealed"), "utf8")).not.toContain(Buffer.from(key).toString("hex"));
    expect(await keyInSafeStorage(folder, storage).open(withData)).toEqual(key);
  });

  it("takes over the key of a station that ran in the browser before", async () => {
    const key = await keyInFile(folder).open(fresh);
    expect(await keyInSafeStorage(folder, keychain()).open(withData)).toEqual(key);
    expect(await readdir(folder)).toEqual(["station.key.sealed"]);
  });

  it("says to the browser's shell where the key is, instead of making another", async () => {
    await keyInSafeStorage(folder, keychain()).open(fresh);
    await expect(keyInFile(folder).open(fresh)).rejects.toMatchObject({ code: "KEY_IN_SAFE_STORAGE" });
  });

  it("seals again when the system has renewed its own key", async () => {
    const key = await keyInSafeStorage(folder, keychain()).open(fresh);
    const renewed = keychain({ isRenewed: true });
    expect(await keyInSafeStorage(folder, renewed).open(withData)).toEqual(key);
    expect(renewed.sealed).toEqual([Buffer.from(key).toString("hex")]);
  });

  it("takes over the recovered key of a folder whose keychain was lost, and keeps what it could not open", async () => {
    const key = await keyInSafeStorage(folder, keychain()).open(fresh);
    putKeyInFile(folder, key);
    const anotherKeychain = keychain();
    expect(await keyInSafeStorage(folder, anotherKeychain).open(withData)).toEqual(key);
    expect(anotherKeychain.sealed).toEqual([Buffer.from(key).toString("hex")]);
    expect((await readdir(folder)).toSorted()).toEqual(["station.key.sealed", "station.key.sealed.lost"]);
  });

  it("keeps what is sealed when the keychain does not open it, for the day on which it does", async () => {
    const key = await keyInSafeStorage(folder, keychain()).open(fresh);
    await expect(keyInSafeStorage(folder, keychain({ isLocked: true })).open(fresh)).rejects.toMatchObject({ code: "KEY_DAMAGED" });
    expect(await keyInSafeStorage(folder, keychain()).open(withData)).toEqual(key);
  });
});
