import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { openDatabase } from "#main/db/open-database.ts";
import { dataKey, migrationsFolder } from "#test/support/counter.ts";

/** Where it is there, a folder in memory: what a power cut leaves is decided by a copy, not by a disk. */
const place = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();
const folder = mkdtempSync(join(place, "counterfoil-sim-"));
let files = 0;
let blank: string | undefined;

/** A folder that is nobody else's. */
export function emptyFolder(): string {
  const own = join(folder, String(++files));
  mkdirSync(own);
  return own;
}

const newFile = (): string => join(emptyFolder(), "station.db");

/** The folder that all files of this process lie in. */
export const simulationFolder = folder;

/** A database that was never used, its tables made once for all of this process. */
export function blankStationFile(): string {
  if (!blank) {
    blank = newFile();
    openDatabase(blank, dataKey, migrationsFolder).sqlite.close();
  }
  return copyOf(blank);
}

/** What lies on the disk at this moment, as another file. */
export function copyOf(file: string): string {
  const copy = newFile();
  for (const part of ["", "-wal"]) if (existsSync(file + part)) copyFileSync(file + part, copy + part);
  return copy;
}

/** Takes away what the histories before left, or thousands of them would fill the memory that their folder lies in. */
export function clearStationFiles(): void {
  const kept = blank && dirname(blank);
  for (const name of readdirSync(folder)) if (join(folder, name) !== kept) rmSync(join(folder, name), { recursive: true });
}
