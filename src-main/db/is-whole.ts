import { existsSync } from "node:fs";
import Database from "better-sqlite3";
import { unlock } from "./unlock.ts";

/** Whether a file is there, opens with the key, and every page and index of it is what it should be. */
export function isWholeDatabase(file: string, key: Uint8Array): boolean {
  if (!existsSync(file)) return false;
  let sqlite: Database.Database | undefined;
  try {
    sqlite = new Database(file);
    unlock(sqlite, key);
    return sqlite.pragma("quick_check", { simple: true }) === "ok";
  } catch {
    return false;
  } finally {
    sqlite?.close();
  }
}
