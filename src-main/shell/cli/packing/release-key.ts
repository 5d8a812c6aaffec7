import { appendFile, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isManifestName, manifestBytes, signatureName } from "#shared/contracts/updates/signed-manifest.ts";
import { makeDeviceKey, publicKeyOf, signWith } from "#main/security/device-key.ts";
import { CommandFailure, exitCodes } from "../command-failure.ts";

/**
 * Makes the key of the releases. The private half goes to a file of the one who signs and nowhere else; the public half is added to the
 * keys that every counter from the next release on believes.
 *
 * @returns the public half in base64
 */
export async function makeReleaseKey(privateFile: string, publicKeysFile: string): Promise<string> {
  const key = makeDeviceKey();
  const publicKey = Buffer.from(publicKeyOf(key)).toString("base64");
  // Never over a file that is there: it may be the only copy of a key that counters believe.
  await writeFile(privateFile, `${Buffer.from(key).toString("base64")}\n`, { mode: 0o600, flag: "wx" }).catch((cause: Error) => {
    throw new CommandFailure(exitCodes.failed, "KEY_NOT_WRITTEN", `The key cannot be written to ${privateFile}: ${cause.message}`);
  });
  await appendFile(publicKeysFile, `${publicKey}\n`);
  return publicKey;
}

/** @throws CommandFailure `KEY_EXPOSED`, `KEY_UNREADABLE` */
async function readPrivateKey(file: string): Promise<Uint8Array> {
  const key = await readFile(file, "utf8").catch((cause: Error) => {
    throw new CommandFailure(exitCodes.failed, "KEY_UNREADABLE", `The release key cannot be read: ${cause.message}`);
  });
  if (process.platform !== "win32" && ((await stat(file)).mode & 0o077) !== 0)
    throw new CommandFailure(exitCodes.failed, "KEY_EXPOSED", `Others can read the release key: chmod 600 ${file}`);
  return Buffer.from(key, "base64");
}

/** Signs every manifest among the files, each in a file beside it. @returns the signatures' files */
export async function signManifests(folder: string, files: readonly string[], keyFile: string): Promise<readonly string[]> {
  const key = await readPrivateKey(keyFile);
  const manifests = files.filter(isManifestName);
  for (const name of manifests) {
    const signature = signWith(key, manifestBytes(name, await readFile(join(folder, name))));
    await writeFile(join(folder, signatureName(name)), `${signature.toString("base64")}\n`);
  }
  return manifests.map(signatureName);
}
