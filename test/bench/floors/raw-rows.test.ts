import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, it } from "vitest";
import { openRawWriter, watchRows } from "./raw-rows.ts";

const schema = "CREATE TABLE a (id TEXT PRIMARY KEY, n INTEGER) STRICT; CREATE TABLE b (n INTEGER) STRICT";
const rowsOf = (sqlite: Database.Database): unknown =>
  ["a", "b"].map((table) => sqlite.prepare(`SELECT rowid, * FROM ${table} ORDER BY rowid`).raw().all());

it("writes what was watched, row for row", () => {
  const watched = new Database(":memory:").exec(schema).exec("INSERT INTO a VALUES ('old', 1)");
  const raw = new Database(":memory:").exec(schema).exec("INSERT INTO a VALUES ('old', 1)");
  const written = watchRows(watched);
  watched.exec("INSERT INTO a VALUES ('new', 2); UPDATE a SET n = 3 WHERE id = 'old'; INSERT INTO b VALUES (4)");
  const rows = written();
  expect(rows.map(({ table, isNew }) => `${table} ${isNew ? "new" : "changed"}`)).toEqual(["a new", "a changed", "b new"]);
  expect(written()).toEqual([]);

  const journal = join(mkdtempSync(join(tmpdir(), "raw-rows-")), "journal");
  const writer = openRawWriter(raw, journal);
  writer.write(rows, Uint8Array.of(1, 2, 3));
  writer.close();
  expect(rowsOf(raw)).toEqual(rowsOf(watched));
  expect([...readFileSync(journal)]).toEqual([1, 2, 3]);
});
