import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import type { Pool } from "pg";

/** Beside the sources and, in a package, beside the bundle: both lie two folders below the root. */
const migrationsFolder = fileURLToPath(new URL("../../drizzle/head-office", import.meta.url));

/**
 * Makes the tables, or brings them up to this version.
 *
 * Several processes may open one database at the same moment. The first takes a table lock and migrates on a second connection; the
 * others wait and find nothing left to do. The lock goes with its transaction, also when the process is killed.
 */
export async function bringUpToDate(pool: Pool): Promise<void> {
  const turn = await pool.connect();
  try {
    await makeTurnTable(turn);
    await turn.query("begin");
    await turn.query("lock table migration_turn in access exclusive mode");
    await migrate(drizzle({ client: pool }), { migrationsFolder });
    await turn.query("commit");
  } finally {
    // Ends the connection, and with it the lock when the migration threw.
    turn.release(true);
  }
}

/** Two that make a table at once may both find it missing; the slower one is told so by a unique index of the catalogue. */
async function makeTurnTable(turn: { query: (text: string) => Promise<unknown> }): Promise<void> {
  const make = "create table if not exists migration_turn (holder integer primary key)";
  await turn.query(make).catch(() => turn.query(make));
}
