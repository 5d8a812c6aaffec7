import type { Pool } from "pg";
import type { Query } from "#server/db/query.ts";
import type { DatabaseKey } from "./database-key.ts";
import { DatabaseKeyFault } from "./database-key-fault.ts";
import { sealKeysThatAreClear, sealWhatIsClear } from "./seal-what-is-clear.ts";
import { makeSeal, type Seal } from "./seal.ts";

/** What this version seals; see the column of this name. */
const extentNow = 2;

/**
 * Opens what is sealed in a database whose tables are up to date. What an earlier version left in clear is sealed now, in one transaction:
 * the database never holds rows of both sorts, and after a crash it is what it was.
 *
 * Several processes may do so at the same moment. The first takes a table lock; the others wait and find the key's note.
 *
 * @throws DatabaseKeyFault
 */
export async function openSeal(pool: Pool, key: DatabaseKey): Promise<Seal> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    await client.query("lock table database_seal in access exclusive mode");
    const { rows } = await client.query<{ keyCheck: Uint8Array; extent: number }>(
      `select key_check as "keyCheck", extent from database_seal`,
    );
    const [known] = rows;
    const seal = makeSeal(await key.open({ mayMake: known === undefined }));
    if (known && !seal.isKeyOf(known.keyCheck)) {
      throw new DatabaseKeyFault(
        "DATABASE_KEY_WRONG",
        "The key of the data folder, or in COUNTERFOIL_DATABASE_KEY, is not the one that this database is sealed with. Nothing was changed.",
      );
    }
    const query: Query = async (text, values) => (await client.query(text, values as unknown[])).rows;
    const rewritten = [
      ...(known ? [] : await sealWhatIsClear(query, seal)),
      ...(known?.extent === extentNow ? [] : await sealKeysThatAreClear(query, seal)),
    ];
    await client.query(
      `insert into database_seal (key_check, extent) values ($1, $2) on conflict (one) do update set extent = excluded.extent`,
      [seal.keyCheck, extentNow],
    );
    await client.query("commit");
    // What the rows were before still lies in the tables' files, and the samples of their values in the planner's.
    if (rewritten.length > 0) await client.query(`vacuum (full, analyze) ${[...rewritten, "pg_statistic"].join(", ")}`);
    return seal;
  } finally {
    // Ends the connection, and with it transaction and lock when something threw.
    client.release(true);
  }
}
