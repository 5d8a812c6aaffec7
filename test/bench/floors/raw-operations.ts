import { Client } from "pg";

/** As many as a station hands over at once when all goes well. */
const atOnce = 500;
/** What an operation leaves behind whatever it is about: itself, its id, its lines. */
const tables = ["op_inbox", "op_id", "ledger_entry"] as const;

/**
 * The least that a durable operation can cost in PostgreSQL: the rows that the last `count` operations of stations left in three tables, copied
 * into tables of the same indexes by the server itself, in a transaction that is on the disk for every 500. Nothing is sent, verified, judged,
 * added up or published.
 *
 * @returns operations a second
 */
export async function measureRawOperations(databaseUrl: string, count: number): Promise<number> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(
      `create temp table picked as select op_id, row_number() over (order by received_at_ms, seq) as n from
         (select op_id, received_at_ms, seq from op_inbox where replica > 0 order by received_at_ms desc, seq desc limit ${count}) as latest`,
    );
    for (const table of tables) {
      await client.query(`create temp table from_${table} as select picked.n, t.* from ${table} t join picked using (op_id)`);
      await client.query(`create table raw_${table} (like ${table} including all)`);
    }
    const columns = new Map<string, string>();
    for (const table of tables) columns.set(table, await columnsOf(client, table));
    const startMs = performance.now();
    for (let from = 1; from <= count; from += atOnce) {
      await client.query("begin");
      for (const table of tables)
        await client.query(
          `insert into raw_${table} (${columns.get(table)}) select ${columns.get(table)} from from_${table} where n between $1 and $2`,
          [from, from + atOnce - 1],
        );
      await client.query("commit");
    }
    const tookMs = performance.now() - startMs;
    for (const table of tables) await client.query(`drop table raw_${table}`);
    return (count / tookMs) * 1_000;
  } finally {
    await client.end();
  }
}

async function columnsOf(client: Client, table: string): Promise<string> {
  const { rows } = await client.query<{ column_name: string }>(
    `select column_name from information_schema.columns where table_name = $1 and is_generated = 'NEVER' order by ordinal_position`,
    [table],
  );
  return rows.map(({ column_name: name }) => `"${name}"`).join(", ");
}
