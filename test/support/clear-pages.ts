import Database from "better-sqlite3";
import { readFileSync } from "node:fs";
import { unlock } from "#main/db/unlock.ts";
import { dataKey } from "./counter.ts";

/** All pages of a station's file without their seal, the ones that nobody uses any more too. @param copy is changed */
export function clearPages(copy: string): Buffer {
  const sqlite = new Database(copy, { fileMustExist: true });
  unlock(sqlite, dataKey);
  sqlite.pragma("journal_mode = DELETE");
  sqlite.pragma("rekey = ''");
  sqlite.close();
  return readFileSync(copy);
}
