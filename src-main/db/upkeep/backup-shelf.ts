import { mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Backup, BackupShelf } from "#main/app/ports/upkeep.ts";
import { toStorageFault } from "../faults.ts";
import { removeSiblings } from "./forget-in-copy.ts";
import { runBeside } from "./run-beside.ts";

/** `2026-11-22T04.30.05Z.db`: the instant in UTC, in characters that every file system takes. */
const namePattern = /^(\d{4}-\d{2}-\d{2})T(\d{2})\.(\d{2})\.(\d{2})Z\.db$/;
const nameAt = (atMs: number): string => `${new Date(atMs).toISOString().slice(0, 19).replaceAll(":", ".")}Z.db`;

function instantOf(name: string): number | undefined {
  const [, day, hour, minute, second] = namePattern.exec(name) ?? [];
  return day === undefined ? undefined : Date.parse(`${day}T${hour}:${minute}:${second}Z`);
}

/** Beside the database, on its disk: against mistakes and damage; against the loss of the disk there is the mirror journal. */
export const backupFolder = (file: string): string => join(dirname(file), "backups");

/** Copies in a folder, newest first; what else lies there is nobody's backup. */
export function backupsIn(folder: string): readonly Backup[] {
  const names = readdirIfThere(folder).filter((name) => instantOf(name) !== undefined);
  return names
    .toSorted()
    .toReversed()
    .map((name) => ({ name, atMs: instantOf(name) ?? 0, bytes: statSync(join(folder, name)).size }));
}

const readdirIfThere = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder);
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return [];
    throw toStorageFault(cause);
  }
};

/** What a power cut left of a copy that was not finished. */
function removeDrafts(folder: string): void {
  for (const name of readdirIfThere(folder)) if (/\.db\.new/.test(name)) rmSync(join(folder, name), { force: true });
}

/** The copies of one database, in a folder. Each is written by a thread on a connection of its own. */
export function makeBackupShelf(database: {
  readonly file: string;
  readonly key: Uint8Array;
  readonly folder: string;
  readonly migrationsFolder: string;
  /** Folder of the mirror journal, for a verification; left out where none is kept. */
  readonly journal?: string | undefined;
}): BackupShelf {
  const { file, key, folder, migrationsFolder, journal } = database;
  return {
    list: () => backupsIn(folder),
    add: async (atMs) => {
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
      } catch (cause) {
        throw toStorageFault(cause);
      }
      removeDrafts(folder);
      const name = nameAt(atMs);
      const { bytes } = await runBeside({ name: "copy", file, key, to: join(folder, name) });
      return { name, atMs, bytes };
    },
    remove: (name) => rmSync(join(folder, name), { force: true }),
    forget: async ({ erasures, requests }) => {
      removeSiblings(file, ".before-", ".replaced-");
      for (const { name } of backupsIn(folder))
        await runBeside({ name: "forget", file: join(folder, name), key, migrationsFolder, forgotten: { erasures, requests } });
    },
    verify: () => runBeside({ name: "verify", file, key, migrationsFolder, journal }),
  };
}
