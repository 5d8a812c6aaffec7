import { closeSync, fsyncSync, openSync, renameSync, writeSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Replaces a small file by new contents, for its owner alone: after a power cut there is the whole of the old or the whole of the new.
 *
 * @param draft where the contents are written first; the same for every attempt, so that none is left behind for good
 */
export function writeWhole(file: string, contents: Uint8Array, draft = `${file}.new`): void {
  const opened = openSync(draft, "w", 0o600);
  try {
    for (let written = 0; written < contents.length;) written += writeSync(opened, contents, written);
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
  moveWhole(draft, file);
}

/** Gives a file that lies whole on the disk its name, and puts the name on the disk too. */
export function moveWhole(from: string, to: string): void {
  renameSync(from, to);
  flushFolder(dirname(to));
}

/** What the system still holds in memory of a file goes to the disk. */
export function flushFile(file: string): void {
  // Windows flushes only what is open for writing.
  const opened = openSync(file, "r+");
  try {
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}

/** The names in a folder, as they are now, go to the disk; Windows does that by itself and opens no folders. */
function flushFolder(folder: string): void {
  if (process.platform === "win32") return;
  const opened = openSync(folder, "r");
  try {
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}
