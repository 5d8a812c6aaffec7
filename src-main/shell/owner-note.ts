import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Who has a data folder open. */
export type Owner = {
  readonly pid: number;
  readonly startedAtMs: number;
  /** Where the owner takes calls from this computer: a socket's path or the name of a pipe. Absent until it does. */
  readonly address?: string;
  /** What a browser opens, of an owner behind the web shell. It holds the token; the note is as private as the key beside it. */
  readonly url?: string;
};

/** @returns who wrote the note last, who may be gone since; undefined when there is none, or garbage */
export function readOwner(folder: string): Owner | undefined {
  try {
    const note: unknown = JSON.parse(readFileSync(noteFile(folder), "utf8"));
    return isOwner(note) ? note : undefined;
  } catch {
    return undefined;
  }
}

/** Renamed into place, so that a reader finds a whole note or the one before. */
export function writeOwner(folder: string, owner: Owner): void {
  const draft = `${noteFile(folder)}.new`;
  writeFileSync(draft, JSON.stringify(owner), { mode: 0o600 });
  renameSync(draft, noteFile(folder));
}

export const removeOwner = (folder: string): void => rmSync(noteFile(folder), { force: true });

const noteFile = (folder: string): string => join(folder, "station.owner");

/** By hand, because a command that only asks the owner something is not to wait for a schema library. */
function isOwner(note: unknown): note is Owner {
  if (typeof note !== "object" || note === null || !("pid" in note) || !("startedAtMs" in note)) return false;
  const { address = "", url = "" } = note as Partial<Record<"address" | "url", unknown>>;
  return Number.isSafeInteger(note.pid) && Number.isSafeInteger(note.startedAtMs) && typeof address === "string" && typeof url === "string";
}
