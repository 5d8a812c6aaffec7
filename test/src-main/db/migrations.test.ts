import { cpSync, existsSync, mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import Database from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { beforeMigration, openDatabase } from "#main/db/open-database.ts";
import { unlock } from "#main/db/unlock.ts";
import { dataKey, migrationsFolder, newStationFile, openCounter } from "#test/support/counter.ts";
import { cutAtEveryStep } from "#test/support/cut-at-every-step.ts";
import { commonColumns, fillTables, rowsOf, tablesOf } from "#test/support/filled-tables.ts";
import { laterMigrations } from "#test/support/later-migrations.ts";

const later = "20991231235959_later";

function operationsIn(file: string, folder: string): unknown {
  const { sqlite } = openDatabase(file, dataKey, folder);
  const rows = sqlite.prepare("SELECT op_id, hash FROM operation ORDER BY seq").all();
  sqlite.close();
  return rows;
}

/** Looks at a file without bringing it up to date. */
function lookInto<T>(file: string, look: (sqlite: Database.Database) => T): T {
  const sqlite = new Database(file);
  try {
    unlock(sqlite, dataKey);
    return look(sqlite);
  } finally {
    sqlite.close();
  }
}
const hasTable = (file: string, table: string): boolean => lookInto(file, tablesOf).includes(table);

function closedStation(): string {
  const counter = openCounter();
  counter.give(counter.member().memberId, 60);
  counter.close();
  return counter.file;
}

const failure = (work: () => unknown): unknown => {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
};

describe("a new version of the program", () => {
  it("brings the file up to date, keeps every operation, and the file of before beside it", () => {
    const file = closedStation();
    const before = operationsIn(file, migrationsFolder);
    expect(operationsIn(file, laterMigrations("CREATE TABLE raffle (id TEXT PRIMARY KEY) STRICT;"))).toEqual(before);
    expect(operationsIn(beforeMigration(file, later), migrationsFolder)).toEqual(before);
  });

  it("takes a step that was merged late, with an earlier date than one that is applied", () => {
    const file = closedStation();
    const first = readdirSync(migrationsFolder).toSorted()[0] ?? "";
    const late = `${String(Number(first.slice(0, 14)) + 1)}_late`;
    openDatabase(file, dataKey, laterMigrations({ [later]: "CREATE TABLE raffle (id TEXT);" })).sqlite.close();
    const both = laterMigrations({ [later]: "CREATE TABLE raffle (id TEXT);", [late]: "CREATE TABLE tombola (id TEXT);" });
    openDatabase(file, dataKey, both).sqlite.close();
    expect(hasTable(file, "tombola")).toBe(true);
  });

  it("makes no copy of a file that is up to date", () => {
    const file = closedStation();
    operationsIn(file, migrationsFolder);
    expect(readdirSync(join(file, "..")).filter((name) => name.includes("before"))).toEqual([]);
  });

  it("rebuilds a table without the rows that point to it", () => {
    const file = closedStation();
    const states = () => lookInto(file, (sqlite) => sqlite.prepare("SELECT seq, state FROM operation_state").all());
    const before = states();
    // As drizzle writes it when a column changes; with foreign keys on, the drop would take the states along.
    const rebuild = [
      "CREATE TABLE `__new_operation` AS SELECT * FROM `operation`",
      "DROP TABLE `operation`",
      "ALTER TABLE `__new_operation` RENAME TO `operation`",
      "CREATE UNIQUE INDEX `operation_seq` ON `operation` (`seq`)",
    ];
    openDatabase(file, dataKey, laterMigrations(rebuild.join(";\n--> statement-breakpoint\n"))).sqlite.close();
    expect(before.length).toBeGreaterThan(0);
    expect(states()).toEqual(before);
  });
});

describe("a new version that cannot do it leaves the file as it was", () => {
  const refused: readonly { readonly because: string; readonly steps: string; readonly says: RegExp }[] = [
    {
      because: "a statement is wrong",
      steps: "CREATE TABLE raffle (id TEXT);\n--> statement-breakpoint\nDROP TABLE no_such_table;",
      says: /no_such_table/,
    },
    { because: "a table would lose rows unannounced", steps: "DELETE FROM operation_state;", says: /operation_state from 3 to 0/ },
    { because: "a table with rows would go", steps: "DROP TABLE operation_state;", says: /operation_state from 3 to 0/ },
    {
      because: "rows would point to nothing",
      steps: "-- the rows of operation change: a plant\nDELETE FROM operation WHERE seq = 1;",
      says: /point to nothing/,
    },
  ];
  it.each(refused)("because $because", ({ steps, says }) => {
    const file = closedStation();
    const before = operationsIn(file, migrationsFolder);
    expect(() => openDatabase(file, dataKey, laterMigrations(steps))).toThrow(says);
    expect(operationsIn(file, migrationsFolder)).toEqual(before);
    expect(hasTable(file, "raffle")).toBe(false);
  });

  it("unless the step announces that rows change", () => {
    const file = closedStation();
    openDatabase(file, dataKey, laterMigrations("-- the rows of cursor change: all are read again\nDELETE FROM cursor;")).sqlite.close();
    expect(lookInto(file, (sqlite) => sqlite.prepare("SELECT count(*) FROM cursor").pluck().get())).toBe(0);
  });
});

describe("an older version of the program", () => {
  it("leaves a file of a newer one alone and says which one wrote it", () => {
    const file = closedStation();
    openDatabase(file, dataKey, laterMigrations("CREATE TABLE raffle (id TEXT);"), { appVersion: "9.1.0" }).sqlite.close();
    const before = lookInto(file, rowsOf);
    expect(failure(() => openDatabase(file, dataKey, migrationsFolder))).toMatchObject({
      code: "STORAGE_NEWER",
      data: { writtenBy: "9.1.0" },
      message: expect.stringContaining("9.1.0"),
    });
    expect(lookInto(file, rowsOf)).toEqual(before);
  });

  it("takes a step of the same name and other contents for another version's", () => {
    const file = closedStation();
    openDatabase(file, dataKey, laterMigrations("CREATE TABLE raffle (id TEXT);")).sqlite.close();
    const edited = laterMigrations("CREATE TABLE raffle (id INTEGER);");
    expect(failure(() => openDatabase(file, dataKey, edited))).toMatchObject({ code: "STORAGE_NEWER" });
  });
});

describe("from a filled file of the version before", () => {
  // One more than there are, so that the comparison always has something to compare.
  const folder = laterMigrations("ALTER TABLE member ADD COLUMN raffle TEXT;");
  const steps = readdirSync(folder).toSorted();
  /** The steps up to, and with, the one of this place. */
  function upTo(place: number): string {
    const part = mkdtempSync(join(tmpdir(), "counterfoil-migrations-"));
    for (const name of steps.slice(0, place + 1)) cpSync(join(folder, name), join(part, name), { recursive: true });
    return part;
  }

  it.each(steps.slice(1).map((name, i) => ({ name, place: i + 1 })))("$name keeps every row and every value", ({ place }) => {
    const file = newStationFile();
    const { sqlite: earlier } = openDatabase(file, dataKey, upTo(place - 1));
    fillTables(earlier, 3);
    const before = rowsOf(earlier);
    earlier.close();
    const { sqlite } = openDatabase(file, dataKey, upTo(place));
    const after = rowsOf(sqlite);
    sqlite.close();
    expect([...before.values()].every((rows) => rows.length >= 3)).toBe(true);
    for (const [table, rows] of before) {
      const now = after.get(table) ?? [];
      expect({ table, rows: commonColumns(now, rows) }).toEqual({ table, rows: commonColumns(rows, now) });
    }
  });

  it("all steps at once lead to the same tables as one after the other", () => {
    const schemaOf = (sqlite: Database.Database): unknown => sqlite.prepare("SELECT name, sql FROM sqlite_master ORDER BY name").all();
    const file = newStationFile();
    for (const place of steps.keys()) openDatabase(file, dataKey, upTo(place)).sqlite.close();
    const atOnce = newStationFile();
    openDatabase(atOnce, dataKey, folder).sqlite.close();
    expect(lookInto(file, schemaOf)).toEqual(lookInto(atOnce, schemaOf));
  });
});

describe("a power cut while the file is brought up to date", () => {
  const program = fileURLToPath(new URL("../../crash/open-file.ts", import.meta.url));

  it("leaves the old tables or the new ones, whole, and no half copy, at whichever step it comes", { timeout: 60_000 }, async () => {
    const original = closedStation();
    const before = operationsIn(original, migrationsFolder);
    const folder = laterMigrations(
      "CREATE TABLE raffle (id TEXT);\n--> statement-breakpoint\nALTER TABLE operation ADD COLUMN raffle TEXT;\n--> statement-breakpoint\nUPDATE operation SET raffle = 'none';",
    );
    const found = new Set<string>();
    const steps = await cutAtEveryStep({ program, args: [original, folder], folder: dirname(original) }, (step) => {
      const [hasRaffle, isNoted] = lookInto(original, (sqlite) => [
        tablesOf(sqlite).includes("raffle"),
        sqlite.prepare("SELECT 1 FROM __drizzle_migrations WHERE name = ?").get(later) !== undefined,
      ]);
      expect(hasRaffle, `step ${step}`).toBe(isNoted);
      found.add(hasRaffle ? "new" : "old");
      const copy = beforeMigration(original, later);
      const isCopied = existsSync(copy);
      if (isCopied) found.add("copy");
      expect(isCopied ? operationsIn(copy, migrationsFolder) : before, `step ${step}: the copy`).toEqual(before);
      expect(operationsIn(original, folder), `step ${step}: started again`).toEqual(before);
    });
    expect(steps).toBeGreaterThan(10);
    expect([...found].toSorted()).toEqual(["copy", "old"]);
  });
});
