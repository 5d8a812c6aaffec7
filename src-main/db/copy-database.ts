import { closeSync, openSync, rmSync } from "node:fs";
import type Database from "better-sqlite3";
import { flushFile, moveWhole } from "#main/system/durable-file.ts";

/**
 * Copies an open database as it is at this moment, encrypted with the same key. Every page is read and its seal checked on the way, so
 * that a damaged file yields no copy.
 *
 * @param to the copy's name; it appears when the copy lies whole on the disk, and replaces an earlier one in that moment
 * @param look is shown the copy before it gets its name; what it throws is the end of it
 * @throws what SQLite, the disk or `look` says; nothing is left behind then
 */
export function copyDatabase(sqlite: Database.Database, to: string, look?: (draft: string) => void): void {
  const draft = `${to}.new`;
  try {
    // SQLite fills an empty file; made here, so that nobody else may read what it fills it with.
    rmSync(draft, { force: true });
    closeSync(openSync(draft, "wx", 0o600));
    sqlite.prepare("VACUUM INTO ?").run(draft);
    flushFile(draft);
    look?.(draft);
    moveWhole(draft, to);
  } catch (cause) {
    rmSync(draft, { force: true });
    throw cause;
  }
}
