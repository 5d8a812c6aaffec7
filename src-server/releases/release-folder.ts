import { mkdir, readdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isManifestName } from "#shared/contracts/updates/signed-manifest.ts";
import type { ReleaseFile, Releases } from "#server/app/ports/releases.ts";
import { byVersion, isVersion, stages, versionFor, type Stages } from "#server/app/releases/staging.ts";

/** Letters and digits, so that neither can lead out of the folder. */
const channelForm = /^[a-z][a-z0-9-]{0,31}$/;
const fileForm = /^[A-Za-z0-9][A-Za-z0-9 ._-]{0,127}$/;

export const isChannel = (name: string): boolean => channelForm.test(name);

/** The folder of a release: `FOLDER/CHANNEL/VERSION`; what is staged stands beside the releases of a channel. */
export const releaseFolder = (folder: string, channel: string, version: string): string => join(folder, channel, version);
const stagesFile = (folder: string, channel: string): string => join(folder, channel, "stages.json");

/** Serves what lies in the folder at the moment of each request: several head offices may share one, and nothing has to be restarted. */
export function openReleases(folder: string): Releases {
  return {
    find: async ({ channel, branch, name }) => {
      if (!isChannel(channel) || !fileForm.test(name)) return undefined;
      const isStaged = isManifestName(name.replace(/\.sig$/, ""));
      const staged = isStaged ? versionFor(branch, await readStages(folder, channel)) : undefined;
      // A file's name holds its version. It is served for as long as it lies there, so that a download outlives a change of the stages.
      const versions = !isStaged ? await listReleases(folder, channel) : staged === undefined ? [] : [staged];
      for (const version of versions.toReversed()) {
        const found = await findFile(join(releaseFolder(folder, channel, version), name));
        if (found) return found;
      }
      return undefined;
    },
  };
}

/** The versions that lie there, oldest first. */
export async function listReleases(folder: string, channel: string): Promise<readonly string[]> {
  const names = await readdir(join(folder, channel)).catch(() => []);
  return names.filter(isVersion).toSorted(byVersion);
}

/** @throws Error when somebody has edited the file into something else */
export async function readStages(folder: string, channel: string): Promise<Stages> {
  const text = await readFile(stagesFile(folder, channel), "utf8").catch(() => "[]");
  return stages.parse(JSON.parse(text));
}

/** Whole or not at all, since it is read while it is written. */
export async function writeStages(folder: string, channel: string, staged: Stages): Promise<void> {
  const file = stagesFile(folder, channel);
  await mkdir(join(folder, channel), { recursive: true });
  await writeFile(`${file}.new`, `${JSON.stringify(staged, undefined, 2)}\n`);
  await rename(`${file}.new`, file);
}

async function findFile(path: string): Promise<ReleaseFile | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() ? { path, bytes: found.size } : undefined;
}
