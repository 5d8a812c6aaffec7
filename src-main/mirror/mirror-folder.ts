import { createHmac } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

type Asked = {
  readonly dataDir: string;
  readonly dataKey: Uint8Array;
  /** From the command line: a folder on another volume, made to hold this station's journal if it does not yet. */
  readonly given: string | undefined;
  readonly env?: Readonly<Record<string, string | undefined>>;
};

export type MirrorFolder = { readonly folder: string; readonly mayMake: boolean };

/**
 * Where a station's mirror journal lies: in the folder given on the command line, else in `COUNTERFOIL_JOURNAL`, else where it lay the
 * last time, else in the data folder.
 *
 * A folder on another volume holds one folder for each station, which is made only when somebody asks for it: a stick that was pulled
 * out leaves an empty mount point behind, and a journal written there would be on the very disk that it is to outlive.
 */
export function mirrorFolder({ dataDir, dataKey, given, env = process.env }: Asked): MirrorFolder {
  const known = readNote(dataDir);
  const wanted = given || env.COUNTERFOIL_JOURNAL || known;
  if (wanted === undefined) return { folder: join(dataDir, "mirror"), mayMake: true };
  const base = resolve(wanted);
  const isNew = base !== known;
  if (isNew && existsSync(base)) writeNote(dataDir, base);
  return { folder: join(base, `counterfoil-${nameOf(dataKey)}`), mayMake: isNew || Boolean(given) };
}

/** Tells stations apart that share a stick, and says nothing of the key. */
const nameOf = (dataKey: Uint8Array): string =>
  createHmac("sha256", dataKey).update("counterfoil mirror folder").digest("hex").slice(0, 12);

const noteFile = (dataDir: string): string => join(dataDir, "mirror.folder");

function readNote(dataDir: string): string | undefined {
  const file = noteFile(dataDir);
  return existsSync(file) ? readFileSync(file, "utf8").trim() || undefined : undefined;
}

function writeNote(dataDir: string, base: string): void {
  const file = noteFile(dataDir);
  writeFileSync(`${file}.new`, `${base}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** A folder in which somebody says that this station's journal lies: the one with its files, or the one above. */
export function existingMirrorFolder(given: string | undefined, dataKey: Uint8Array): string | undefined {
  if (given === undefined) return undefined;
  const ownFolder = join(resolve(given), `counterfoil-${nameOf(dataKey)}`);
  return existsSync(ownFolder) ? ownFolder : resolve(given);
}
