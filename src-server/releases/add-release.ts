import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { copyFile, mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { isManifestName, signatureName } from "#shared/contracts/updates/signed-manifest.ts";
import { err, ok, type Result } from "#shared/std/result.ts";
import { isVersion } from "#server/app/releases/staging.ts";
import { listReleases, releaseFolder } from "./release-folder.ts";

export type AddRefusal =
  | { readonly code: "RELEASE_INCOMPLETE"; readonly missing: string }
  | { readonly code: "RELEASE_DAMAGED"; readonly file: string }
  | { readonly code: "RELEASE_UNSIGNED"; readonly manifest: string }
  | { readonly code: "RELEASE_EXISTS"; readonly version: string };

type Manifest = { readonly version: string; readonly files: readonly { readonly name: string; readonly sha512: string }[] };

/**
 * Takes a release over from the folder that `npm run dist` wrote, all of it or nothing. Whether the signature is a good one is for the
 * counters to say, which alone know the keys they believe; that there is one, and that every file is what its manifest names, is seen here.
 *
 * @returns its version
 */
export async function addRelease(from: string, folder: string, channel: string): Promise<Result<string, AddRefusal>> {
  const names = await readdir(from).catch((): string[] => []);
  const manifests = names.filter(isManifestName);
  const wanted = new Set<string>();
  let version: string | undefined;
  for (const name of manifests) {
    if (!names.includes(signatureName(name))) return err({ code: "RELEASE_UNSIGNED", manifest: name });
    const manifest = readManifest(await readFile(join(from, name), "utf8"));
    version ??= manifest.version;
    if (manifest.version !== version || !isVersion(version)) return err({ code: "RELEASE_DAMAGED", file: name });
    for (const file of manifest.files) {
      if (!names.includes(file.name)) return err({ code: "RELEASE_INCOMPLETE", missing: file.name });
      if ((await sha512Of(join(from, file.name))) !== file.sha512) return err({ code: "RELEASE_DAMAGED", file: file.name });
      wanted.add(file.name);
      // Which parts of a file changed, for counters that have the version before; an AppImage holds its own.
      if (names.includes(`${file.name}.blockmap`)) wanted.add(`${file.name}.blockmap`);
    }
    wanted.add(name).add(signatureName(name));
  }
  if (version === undefined) return err({ code: "RELEASE_INCOMPLETE", missing: "latest.yml" });
  // What counters may have fetched half of must not change under them.
  if ((await listReleases(folder, channel)).includes(version)) return err({ code: "RELEASE_EXISTS", version });
  await copyWhole(from, releaseFolder(folder, channel, version), [...wanted]);
  return ok(version);
}

/** The few lines of a manifest that are needed here, in the form in which electron-builder writes them. */
function readManifest(text: string): Manifest {
  const [, version = ""] = /^version: (.+)$/m.exec(text) ?? [];
  const files = [...text.matchAll(/^ {2}- url: (.+)\n {4}sha512: (.+)$/gm)];
  return { version, files: files.map(([, name = "", sha512 = ""]) => ({ name, sha512 })) };
}

async function sha512Of(file: string): Promise<string> {
  const hash = createHash("sha512");
  await pipeline(createReadStream(file), hash);
  return hash.digest("base64");
}

async function copyWhole(from: string, to: string, names: readonly string[]): Promise<void> {
  const unfinished = `${to}.new`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  for (const name of names) await copyFile(join(from, name), join(unfinished, name));
  await rename(unfinished, to);
}
