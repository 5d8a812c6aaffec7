import type Database from "better-sqlite3";
import { carriedTables } from "./carried-tables.ts";

/**
 * Notes from now on which rows a connection writes, in its memory, until it is closed. A row that is noted twice is copied once: the list has no
 * key, since an upsert's own rule for conflicts would be applied to it.
 */
export function noteChanges(sqlite: Database.Database): void {
  if (sqlite.prepare("SELECT 1 FROM temp.sqlite_master WHERE name = 'changed_row'").get()) return;
  // What a replacing insert takes away is noted, too.
  sqlite.pragma("recursive_triggers = ON");
  sqlite.exec("CREATE TEMP TABLE changed_row (name text NOT NULL, row integer NOT NULL)");
  for (const { name } of carriedTables(sqlite, "main")) {
    for (const [act, rows] of Object.entries({ INSERT: ["NEW"], UPDATE: ["OLD", "NEW"], DELETE: ["OLD"] })) {
      const notes = rows.map((row) => `INSERT INTO changed_row VALUES ('${name}', ${row}.rowid);`);
      sqlite.exec(`CREATE TEMP TRIGGER "note_${act}_${name}" AFTER ${act} ON main."${name}" BEGIN ${notes.join(" ")} END`);
    }
  }
}

/** Rows that were written since, or taken away, by table. */
export function changedRows(sqlite: Database.Database): ReadonlyMap<string, readonly number[]> {
  const noted = sqlite.prepare("SELECT DISTINCT name, row FROM temp.changed_row").all() as { name: string; row: number }[];
  const rows = new Map<string, number[]>();
  for (const { name, row } of noted) rows.set(name, [...(rows.get(name) ?? []), row]);
  return rows;
}

/** Nothing is noted any more. */
export function forgetChanges(sqlite: Database.Database): void {
  const triggers = sqlite
    .prepare("SELECT name FROM temp.sqlite_master WHERE type = 'trigger' AND name LIKE 'note_%'")
    .pluck()
    .all() as string[];
  for (const name of triggers) sqlite.exec(`DROP TRIGGER temp."${name}"`);
  sqlite.exec("DROP TABLE IF EXISTS temp.changed_row");
  sqlite.pragma("recursive_triggers = OFF");
}
