import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What lies in a folder, by path. */
export type Disk = ReadonlyMap<string, Buffer>;

/** As it is at this moment, whoever has the files open. */
export function readDisk(folder: string): Disk {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => statSync(join(folder, path)).isFile());
  return new Map(paths.map((path) => [path, readFileSync(join(folder, path))]));
}

/**
 * Puts files back into their folder, and takes away the others. A file that is there stays the same one to whoever asks the system: this
 * is no copy of a station, but the station after its computer was switched on again.
 */
export function writeDisk(folder: string, disk: Disk): void {
  for (const path of readDisk(folder).keys()) if (!disk.has(path)) rmSync(join(folder, path));
  for (const [path, bytes] of disk) writeFileSync(join(folder, path), bytes);
}

export const bytesOf = (disk: Disk, path: string): Buffer => disk.get(path) ?? Buffer.alloc(0);

export const withFile = (disk: Disk, path: string, bytes: Buffer): Disk => new Map([...disk, [path, bytes]]);
