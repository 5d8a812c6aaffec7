import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openDatabase } from "#main/db/open-database.ts";
import { dataKey, migrationsFolder, newStationFile, openCounter } from "#test/support/counter.ts";

/** The migrations of this version, and one that a later version might bring. */
function laterMigrations(statements: string): string {
  const folder = mkdtempSync(join(tmpdir(), "counterfoil-migrations-"));
  cpSync(migrationsFolder, folder, { recursive: true });
  const later = join(folder, "20991231235959_later");
  mkdirSync(later);
  writeFileSync(join(later, "migration.sql"), statements);
  return folder;
}
const operationsIn = (file: string, folder: string): unknown => {
  const { sqlite } = openDatabase(file, dataKey, folder);
  const rows = sqlite.prepare("SELECT op_id, hash FROM operation ORDER BY seq").all();
  sqlite.close();
  return rows;
};

function closedStation(): string {
  const counter = openCounter();
  counter.give(counter.member().memberId, 60);
  counter.close();
  return counter.file;
}

describe("a new version of the program", () => {
  it("brings the file up to date, keeps every operation, and the file of before beside it", () => {
    const file = closedStation();
    const before = operationsIn(file, migrationsFolder);
    const later = laterMigrations("CREATE TABLE raffle (id TEXT PRIMARY KEY) STRICT;");
    expect(operationsIn(file, later)).toEqual(before);
    const known = readdirSync(later).length;
    expect(existsSync(`${file}.before-${known}`)).toBe(true);
    expect(operationsIn(`${file}.before-${known}`, migrationsFolder)).toEqual(before);
  });

  it("that cannot do it leaves the file as it was", () => {
    const file = closedStation();
    const before = operationsIn(file, migrationsFolder);
    const broken = laterMigrations("CREATE TABLE raffle (id TEXT PRIMARY KEY);\n--> statement-breakpoint\nDROP TABLE no_such_table;");
    expect(() => openDatabase(file, dataKey, broken)).toThrow(/no_such_table/);
    expect(operationsIn(file, migrationsFolder)).toEqual(before);
    const { sqlite } = openDatabase(file, dataKey, migrationsFolder);
    expect(sqlite.prepare("SELECT name FROM sqlite_master WHERE name = 'raffle'").all()).toEqual([]);
  });

  it("makes no copy of a file that is up to date", () => {
    const file = closedStation();
    operationsIn(file, migrationsFolder);
    expect(readdirSync(join(file, "..")).filter((name) => name.includes("before"))).toEqual([]);
  });
});

describe("what was written", () => {
  it("is on the disk when the write returns, and nothing of it in a file that is not encrypted", () => {
    const { sqlite } = openDatabase(newStationFile(), dataKey, migrationsFolder);
    const setting = (name: string): unknown => sqlite.pragma(name, { simple: true });
    // FULL is 2: fsync at every commit. temp_store 2 is memory.
    expect([setting("journal_mode"), setting("synchronous"), setting("temp_store"), setting("foreign_keys")]).toEqual(["wal", 2, 2, 1]);
  });
});
