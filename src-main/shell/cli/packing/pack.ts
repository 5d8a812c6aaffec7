import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Arch, build, Platform, type Configuration } from "electron-builder";
import type { Target } from "./lockfile.ts";
import { layOutNatives, type FetchPackage } from "./natives.ts";
import { newestChanges } from "./release-notes.ts";

const root = fileURLToPath(new URL("../../../../", import.meta.url));
const platforms = { darwin: Platform.MAC, linux: Platform.LINUX, win32: Platform.WINDOWS };

export type PackOptions = {
  readonly target: Target;
  /** Kinds of packages, such as `AppImage`, or `dir` for a folder that is not packed further; without any, all of electron-builder.yml's. */
  readonly kinds?: readonly string[];
  readonly fetch?: FetchPackage;
  /** What differs from electron-builder.yml. */
  readonly changes?: Configuration;
};

/** Packs the bundles in `out/` for one target. @returns the files that were made */
export async function pack({ target, kinds = [], fetch, changes = {} }: PackOptions): Promise<readonly string[]> {
  const { platform, arch } = target;
  await layOutNatives(target, join(root, "out", "natives", `${platform}-${arch}`), fetch);
  return build({
    projectDir: root,
    targets: platforms[platform].createTarget([...kinds], Arch[arch]),
    config: { releaseInfo: { releaseNotes: newestChanges(await readFile(join(root, "CHANGELOG.md"), "utf8")) }, ...changes },
    publish: "never",
  });
}
