import type Database from "better-sqlite3";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { Fault } from "#main/app/ports/fault.ts";

/** One step from a version of the tables to the next. */
export type Migration = { readonly name: string; readonly hash: string; readonly madeAtMs: number; readonly statements: readonly string[] };

type Applied = { readonly name: string; readonly hash: string };

/**
 * Finds what a file still lacks of this program's tables. A step that was merged late, with an earlier date than one that was applied,
 * is among it: steps are compared by name, not by the newest date.
 *
 * @throws Fault `STORAGE_NEWER` when another version of the program applied a step that this one does not know, or knows otherwise
 */
export function pendingMigrations(
  sqlite: Database.Database,
  migrationsFolder: string,
): { readonly pending: readonly Migration[]; readonly isFilled: boolean } {
  const known = readMigrationFiles({ migrationsFolder }).map(({ name, hash, folderMillis, sql }): Migration => ({
    name: name ?? hash,
    hash,
    madeAtMs: folderMillis,
    statements: sql,
  }));
  const applied = readApplied(sqlite);
  const hashes = new Map(known.map(({ name, hash }) => [name, hash]));
  if (applied.some(({ name, hash }) => hashes.get(name) !== hash)) throw newer(readWriter(sqlite));
  const done = new Set(applied.map(({ name }) => name));
  return { pending: known.filter(({ name }) => !done.has(name)), isFilled: applied.length > 0 };
}

/**
 * Takes all steps in one transaction, or none: after a crash in the middle the file is what it was. No step loses a row unnoticed and
 * none leaves a row that points to nothing.
 *
 * @param appVersion noted in the file for an older program that meets it; undefined leaves the note as it is
 * @throws Fault `STORAGE_DAMAGED` when rows would be lost; what SQLite says about a statement. Nothing was changed then.
 */
export function applyMigrations(sqlite: Database.Database, pending: readonly Migration[], appVersion: string | undefined): void {
  // A rebuild of a table would take the rows that point to it along, and the switch has no effect inside a transaction.
  sqlite.pragma("foreign_keys = OFF");
  sqlite.exec("BEGIN IMMEDIATE");
  try {
    const before = countRows(sqlite);
    makeNotes(sqlite);
    for (const migration of pending) take(sqlite, migration);
    refuseLostRows(before, countRows(sqlite), new Set(pending.flatMap(declaredChanges)));
    refuseLooseEnds(sqlite);
    if (appVersion !== undefined) noteWriter(sqlite, appVersion);
    sqlite.exec("COMMIT");
  } catch (cause) {
    if (sqlite.inTransaction) sqlite.exec("ROLLBACK");
    throw cause;
  } finally {
    sqlite.pragma("foreign_keys = ON");
  }
}

function take(sqlite: Database.Database, { name, hash, madeAtMs, statements }: Migration): void {
  for (const statement of statements) sqlite.exec(statement);
  const note = "INSERT INTO __drizzle_migrations (hash, created_at, name, applied_at) VALUES (?, ?, ?, ?)";
  sqlite.prepare(note).run(hash, madeAtMs, name, new Date().toISOString());
}

/** The table in which drizzle keeps what was applied, in its form, so that its tools can read it. */
const makeNotes = (sqlite: Database.Database): unknown =>
  sqlite.exec(
    "CREATE TABLE IF NOT EXISTS __drizzle_migrations (id INTEGER PRIMARY KEY, hash text NOT NULL, created_at numeric, name text, applied_at TEXT)",
  );

function readApplied(sqlite: Database.Database): readonly Applied[] {
  const hasNotes = sqlite.prepare("SELECT 1 FROM sqlite_master WHERE name = '__drizzle_migrations'").get() !== undefined;
  return hasNotes ? (sqlite.prepare("SELECT name, hash FROM __drizzle_migrations ORDER BY id").all() as Applied[]) : [];
}

/** In `meta`, which every version has. */
const noteWriter = (sqlite: Database.Database, appVersion: string): unknown =>
  sqlite.prepare("INSERT OR REPLACE INTO meta (key, value) VALUES ('writtenBy', ?)").run(Buffer.from(appVersion, "utf8"));

const readWriter = (sqlite: Database.Database): string | undefined =>
  (sqlite.prepare("SELECT value FROM meta WHERE key = 'writtenBy'").pluck().get() as Buffer | undefined)?.toString("utf8");

const newer = (writtenBy: string | undefined): Fault =>
  new Fault("STORAGE_NEWER", {
    message: `station.db was written by ${writtenBy === undefined ? "another version" : `version ${writtenBy}`} of the program, which this one does not know. Nothing was changed.`,
    data: writtenBy === undefined ? {} : { writtenBy },
  });

/** A step that is meant to change how many rows a table has says so in a line of its own: `-- the rows of directory change: …` */
const declaredChanges = ({ statements }: Migration): readonly string[] =>
  statements.flatMap((statement) => [...statement.matchAll(/^-- the rows of (\w+) change\b/gm)].map(([, table = ""]) => table));

function countRows(sqlite: Database.Database): ReadonlyMap<string, number> {
  const tables = sqlite
    .prepare(
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '\\_\\_%' ESCAPE '\\'",
    )
    .pluck()
    .all() as string[];
  return new Map(tables.map((table) => [table, sqlite.prepare(`SELECT count(*) FROM "${table}"`).pluck().get() as number]));
}

function refuseLostRows(before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>, declared: ReadonlySet<string>): void {
  const changed = [...before].filter(([table, rows]) => !declared.has(table) && rows !== (after.get(table) ?? 0));
  if (changed.length === 0) return;
  const words = changed.map(([table, rows]) => `${table} from ${rows} to ${after.get(table) ?? 0}`).join(", ");
  throw new Fault("STORAGE_DAMAGED", { message: `The update would change the number of rows of ${words}. Nothing was changed.` });
}

function refuseLooseEnds(sqlite: Database.Database): void {
  const broken = sqlite.pragma("foreign_key_check") as unknown[];
  if (broken.length === 0) return;
  throw new Fault("STORAGE_DAMAGED", {
    message: `The update would leave ${broken.length} rows that point to nothing. Nothing was changed.`,
  });
}
