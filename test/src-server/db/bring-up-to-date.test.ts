import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Pool } from "pg";
import { afterAll, expect, it } from "vitest";
import { bringUpToDate } from "#server/db/bring-up-to-date.ts";
import { withDatabase } from "#test/support/postgres.ts";

const own = fileURLToPath(new URL("../../../drizzle/head-office", import.meta.url));
const database = withDatabase();
const pools: Pool[] = [];
afterAll(async () => {
  for (const pool of pools) await pool.end();
});

/** The steps of this version, and others by the name of their folder. */
function withSteps(steps: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "counterfoil-migrations-"));
  cpSync(own, folder, { recursive: true });
  for (const [name, statements] of Object.entries(steps)) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, "migration.sql"), statements);
  }
  return folder;
}

/** Head office's tables in a schema of their own, with a row. */
async function openFilled(schema: string): Promise<Pool> {
  const pool = new Pool({ connectionString: database.url, options: `-c search_path=${schema}` });
  pools.push(pool);
  // Several of these share one database, and drizzle keeps its notes in one schema of it.
  await pool.query(`drop schema if exists drizzle cascade; drop schema if exists ${schema} cascade; create schema ${schema}`);
  await bringUpToDate(pool);
  await pool.query("insert into receipt values ('R-1', '0190a000-0000-7000-8000-000000000001', 1)");
  return pool;
}
const tables = async (pool: Pool): Promise<unknown> =>
  (await pool.query("select table_name, column_name from information_schema.columns where table_schema = current_schema() order by 1, 2"))
    .rows;
const receipts = async (pool: Pool): Promise<unknown> => (await pool.query("select receipt_number from receipt")).rows;

const later = "20991231235959_later";

it("a new version takes its steps, one that was merged late too, and keeps the rows", async () => {
  const pool = await openFilled("taken");
  await bringUpToDate(pool, withSteps({ [later]: "alter table receipt add column raffle text;" }));
  await bringUpToDate(
    pool,
    withSteps({ [later]: "alter table receipt add column raffle text;", "20261122023324_late": "create table tombola (id text);" }),
  );
  expect(await receipts(pool)).toEqual([{ receipt_number: "R-1" }]);
  expect(JSON.stringify(await tables(pool))).toMatch(/raffle.*tombola/);
});

it("a step that would lose rows, or whose second half is wrong, changes nothing", async () => {
  const pool = await openFilled("kept");
  const before = await tables(pool);
  await expect(bringUpToDate(pool, withSteps({ [later]: "delete from receipt;" }))).rejects.toThrow("receipt from 1 to 0");
  const broken = "create table raffle (id text);\n--> statement-breakpoint\ndrop table no_such_table;";
  await expect(bringUpToDate(pool, withSteps({ [later]: broken }))).rejects.toThrow("no_such_table");
  expect(await tables(pool)).toEqual(before);
  expect(await receipts(pool)).toEqual([{ receipt_number: "R-1" }]);
});

it("a step that announces it may", async () => {
  const pool = await openFilled("announced");
  await bringUpToDate(pool, withSteps({ [later]: "-- the rows of receipt change: a plant\ndelete from receipt;" }));
  expect(await receipts(pool)).toEqual([]);
});

it("an older version leaves the database of a newer one alone", async () => {
  const pool = await openFilled("newer");
  await bringUpToDate(pool, withSteps({ [later]: "alter table receipt add column raffle text;" }));
  const before = await tables(pool);
  await expect(bringUpToDate(pool)).rejects.toMatchObject({ code: "DATABASE_NEWER", message: expect.stringContaining(later) });
  expect(await tables(pool)).toEqual(before);
});
