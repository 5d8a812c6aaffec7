import { fileURLToPath } from "node:url";
import { readMigrationFiles, type MigrationMeta } from "drizzle-orm/migrator";
import type { Pool, PoolClient } from "pg";

/** Beside the sources and, in a package, beside the bundle: both lie two folders below the root. */
const ownMigrations = fileURLToPath(new URL("../../drizzle/head-office", import.meta.url));

/** Another version of the program made tables in this database that this one does not know. Nothing was changed. */
export class DatabaseNewer extends Error {
  override readonly name = "DatabaseNewer";
  readonly code = "DATABASE_NEWER";

  constructor(step: string) {
    super(`The database was brought up to date by another version of the program (${step}), which this one does not know.`);
  }
}

/**
 * Makes the tables, or brings them up to this version, in one transaction: after a crash the database is what it was.
 *
 * Several processes may open one database at the same moment. The first takes a table lock; the others wait and find nothing left to do.
 * The lock goes with its transaction, also when the process is killed.
 *
 * @throws DatabaseNewer; Error when rows would be lost; what PostgreSQL says about a statement
 */
export async function bringUpToDate(pool: Pool, migrationsFolder = ownMigrations): Promise<void> {
  const client = await pool.connect();
  try {
    await makeTurnTable(client);
    await client.query("begin");
    await client.query("lock table migration_turn in access exclusive mode");
    const pending = await pendingSteps(client, readMigrationFiles({ migrationsFolder }));
    if (pending.length > 0) await take(client, pending);
    await client.query("commit");
  } finally {
    // Ends the connection, and with it transaction and lock when something threw.
    client.release(true);
  }
}

/** Two that make a table at once may both find it missing; the slower one is told so by a unique index of the catalogue. */
async function makeTurnTable(client: PoolClient): Promise<void> {
  const make = "create table if not exists migration_turn (holder integer primary key)";
  await client.query(make).catch(() => client.query(make));
}

/** What is missing, by name: a step that was merged late has an earlier date than one that is applied. */
async function pendingSteps(client: PoolClient, known: readonly MigrationMeta[]): Promise<readonly MigrationMeta[]> {
  // The notes of drizzle, in its form, so that its tools can read them.
  await client.query("create schema if not exists drizzle");
  await client.query(
    "create table if not exists drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint, name text, applied_at timestamp with time zone default now())",
  );
  const { rows: applied } = await client.query<{ name: string; hash: string }>("select name, hash from drizzle.__drizzle_migrations");
  const hashes = new Map(known.map(({ name, hash }) => [name, hash]));
  const stranger = applied.find(({ name, hash }) => hashes.get(name) !== hash);
  if (stranger) throw new DatabaseNewer(stranger.name);
  const done = new Set(applied.map(({ name }) => name));
  return known.filter(({ name }) => !done.has(name));
}

async function take(client: PoolClient, pending: readonly MigrationMeta[]): Promise<void> {
  const before = await countRows(client);
  for (const { sql, hash, folderMillis, name } of pending) {
    for (const statement of sql) await client.query(statement);
    await client.query("insert into drizzle.__drizzle_migrations (hash, created_at, name) values ($1, $2, $3)", [hash, folderMillis, name]);
  }
  const after = await countRows(client);
  const announced = new Set(pending.flatMap(announcedChanges));
  const changed = [...before].filter(([table, rows]) => !announced.has(table) && rows !== after.get(table));
  if (changed.length === 0) return;
  const words = changed.map(([table, rows]) => `${table} from ${rows} to ${after.get(table) ?? 0}`).join(", ");
  throw new Error(`The update would change the number of rows of ${words}. Nothing was changed.`);
}

/** A step that is meant to change how many rows a table has says so in a line of its own: `-- the rows of draw change: …` */
const announcedChanges = ({ sql }: MigrationMeta): readonly string[] =>
  sql.flatMap((statement) => [...statement.matchAll(/^-- the rows of (\w+) change\b/gm)].map(([, table = ""]) => table));

async function countRows(client: PoolClient): Promise<ReadonlyMap<string, number>> {
  const { rows: tables } = await client.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = current_schema()",
  );
  const counts = new Map<string, number>();
  for (const { name } of tables) {
    const { rows } = await client.query<{ n: number }>(`select count(*)::float8 as n from "${name}"`);
    counts.set(name, rows[0]?.n ?? 0);
  }
  return counts;
}
