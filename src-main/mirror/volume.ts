import {
  closeSync,
  fdatasyncSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";

/** A file that only grows, but for the tail that a power cut left half written. */
export type GrowingFile = {
  /** All of the bytes, or a throw with some of them written. */
  readonly write: (bytes: Uint8Array) => void;
  /** What was written lies on the disk when it returns. */
  readonly sync: () => void;
  readonly cutTo: (length: number) => void;
  readonly close: () => void;
};

export type VolumeFile = { readonly name: string; readonly bytes: number };

/** What the journal asks of a disk. A test hands in one that fills up or is pulled out. */
export type Volume = {
  /** Makes the last part of the path where it is not there; what leads to it must be. */
  readonly makeFolder: (path: string) => void;
  /** What lies in a folder, with its length; undefined where there is no folder. */
  readonly list: (folder: string) => readonly VolumeFile[] | undefined;
  readonly read: (path: string) => Buffer;
  /** Opens a file at its end, or makes it; the name is on the disk too when it returns. */
  readonly openAtEnd: (path: string) => GrowingFile;
  /** The name is off the disk when it returns. */
  readonly remove: (path: string) => void;
};

export const diskVolume: Volume = {
  makeFolder: (path) => {
    try {
      mkdirSync(path, { mode: 0o700 });
    } catch (cause) {
      if (codeOf(cause) !== "EEXIST") throw cause;
    }
  },
  list: (folder) => {
    try {
      return readdirSync(folder).map((name) => ({ name, bytes: statSync(join(folder, name)).size }));
    } catch (cause) {
      if (codeOf(cause) === "ENOENT") return undefined;
      throw cause;
    }
  },
  read: readFileSync,
  openAtEnd: (path) => {
    const opened = openSync(path, "a", 0o600);
    syncFolder(dirname(path));
    return {
      write: (bytes) => {
        for (let done = 0; done < bytes.length;) done += writeSync(opened, bytes, done);
      },
      sync: () => fdatasyncSync(opened),
      cutTo: (length) => ftruncateSync(opened, length),
      close: () => closeSync(opened),
    };
  },
  remove: (path) => {
    rmSync(path, { force: true });
    syncFolder(dirname(path));
  },
};

/** Windows puts a new name on the disk by itself and opens no folders. */
function syncFolder(folder: string): void {
  if (process.platform === "win32") return;
  const opened = openSync(folder, "r");
  try {
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}

const codeOf = (cause: unknown): string | undefined =>
  cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : undefined;
