import { closeSync, fdatasyncSync, openSync, writeSync } from "node:fs";
import type Database from "better-sqlite3";

/** What one operation left behind in one table: the whole row, by its rowid. */
export type ChangedRow = { readonly table: string; readonly rowid: number; readonly isNew: boolean; readonly values: readonly unknown[] };

/**
 * Watches every table of a database and tells which rows were written since it was last asked. Temporary triggers, so that the file and
 * its schema stay as they are.
 */
export function watchRows(sqlite: Database.Database): () => readonly ChangedRow[] {
  sqlite.exec("CREATE TEMP TABLE written (n INTEGER PRIMARY KEY, tbl TEXT, id INTEGER, is_new INTEGER)");
  for (const table of tablesOf(sqlite))
    for (const [event, isNew] of [
      ["INSERT", 1],
      ["UPDATE", 0],
    ] as const)
      sqlite.exec(`CREATE TEMP TRIGGER watch_${event}_${table} AFTER ${event} ON main."${table}"
        BEGIN INSERT INTO written (tbl, id, is_new) VALUES ('${table}', new.rowid, ${isNew}); END`);
  return () => {
    const written = sqlite.prepare("SELECT tbl, id, max(is_new) AS isNew FROM written GROUP BY tbl, id ORDER BY min(n)").all() as {
      tbl: string;
      id: number;
      isNew: number;
    }[];
    sqlite.exec("DELETE FROM written");
    return written.flatMap(({ tbl, id, isNew }) => {
      const values = sqlite.prepare(`SELECT * FROM main."${tbl}" WHERE rowid = ?`).raw().get(id) as unknown[] | undefined;
      return values ? [{ table: tbl, rowid: id, isNew: isNew === 1, values }] : [];
    });
  };
}

const tablesOf = (sqlite: Database.Database): readonly string[] =>
  sqlite
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
    .pluck()
    .all() as string[];

/**
 * The least that a durable operation can cost: its rows, written by prepared statements in one immediate transaction that is on the disk
 * when it returns, and then one append of `journalBytes` to a second file, on the disk too.
 */
export function openRawWriter(sqlite: Database.Database, journalFile: string) {
  const journal = openSync(journalFile, "a", 0o600);
  const columns = new Map(
    tablesOf(sqlite).map((table) => [
      table,
      (sqlite.pragma(`table_info("${table}")`) as { name: string }[]).map(({ name }) => `"${name}"`),
    ]),
  );
  const insert = new Map(
    [...columns].map(([table, names]) => [
      table,
      sqlite.prepare(`INSERT OR REPLACE INTO "${table}" (rowid, ${names.join(", ")}) VALUES (?${", ?".repeat(names.length)})`),
    ]),
  );
  const update = new Map(
    [...columns].map(([table, names]) => [
      table,
      sqlite.prepare(`UPDATE "${table}" SET ${names.map((name) => `${name} = ?`).join(", ")} WHERE rowid = ?`),
    ]),
  );
  return {
    write(rows: readonly ChangedRow[], journalBytes: Uint8Array): void {
      sqlite.exec("BEGIN IMMEDIATE");
      for (const { table, rowid, isNew, values } of rows)
        if (isNew) insert.get(table)?.run(rowid, ...values);
        else update.get(table)?.run(...values, rowid);
      sqlite.exec("COMMIT");
      writeSync(journal, journalBytes);
      fdatasyncSync(journal);
    },
    close: (): void => closeSync(journal),
  };
}
