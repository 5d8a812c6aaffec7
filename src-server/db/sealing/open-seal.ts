import type { Pool } from "pg";
import type { Query } from "#server/db/query.ts";
import type { DatabaseKey } from "./database-key.ts";
import { DatabaseKeyFault } from "./database-key-fault.ts";
import { sealWhatIsClear } from "./seal-what-is-clear.ts";
import { makeSeal, type Seal } from "./seal.ts";

/**
 * Opens the personal data of a database whose tables are up to date. One that was never sealed is sealed now, whole, in one transaction:
 * it never holds rows of both sorts, and after a crash it is what it was.
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
    const { rows } = await client.query<{ keyCheck: Uint8Array }>(`select key_check as "keyCheck" from database_seal`);
    const known = rows[0]?.keyCheck;
    const seal = makeSeal(await key.open({ mayMake: known === undefined }));
    if (known && !seal.isKeyOf(known)) {
      throw new DatabaseKeyFault(
        "DATABASE_KEY_WRONG",
        "The key of the data folder, or in COUNTERFOIL_DATABASE_KEY, is not the one that this database is sealed with. Nothing was changed.",
      );
    }
    let hadClearRows = false;
    if (!known) {
      const query: Query = async (text, values) => (await client.query(text, values as unknown[])).rows;
      hadClearRows = await sealWhatIsClear(query, seal);
      await client.query("insert into database_seal (key_check) values ($1)", [seal.keyCheck]);
    }
    await client.query("commit");
    // What the rows were before still lies in the tables' files, and the samples of their values in the planner's.
    if (hadClearRows) await client.query("vacuum (full, analyze) record, op_inbox, act, failed_try, pg_statistic");
    return seal;
  } finally {
    // Ends the connection, and with it transaction and lock when something threw.
    client.release(true);
  }
}
