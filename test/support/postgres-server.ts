import { fileURLToPath } from "node:url";
import { Client } from "pg";
import type { TestProject } from "vitest/node";
import { startLocalPostgres } from "#server/db/local-postgres.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The server's maintenance database, as superuser. */
    postgresServerUrl: string;
  }
}

/**
 * Has one PostgreSQL for the whole run: the one named by `COUNTERFOIL_DATABASE_URL`, or a local one. The local one keeps its folder
 * between runs (making a cluster takes a second, starting one a tenth), and runs at the same time share it.
 */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const named = process.env.COUNTERFOIL_DATABASE_URL;
  if (named) {
    provide("postgresServerUrl", named);
    return async () => undefined;
  }
  const dataDir = fileURLToPath(new URL("../../node_modules/.cache/test-postgres", import.meta.url));
  const server = await startLocalPostgres({ dataDir, log: () => undefined });
  await makeReady(server.url);
  provide("postgresServerUrl", server.url);
  return () => server.stop();
}

/** Nothing in it outlives a run, so that it need not wait for the disk: suites that cut the power have servers of their own. */
async function makeReady(serverUrl: string): Promise<void> {
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  await client.query("alter system set fsync = off");
  await client.query("select pg_reload_conf()");
  await dropDatabasesOfKilledRuns(client);
  await client.end();
}

async function dropDatabasesOfKilledRuns(client: Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(`select datname as name from pg_database where datname like 'test\\_%'`);
  for (const { name } of rows) {
    const pid = Number(name.split("_")[1]);
    if (!isRunning(pid)) await client.query(`drop database if exists "${name}" with (force)`);
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
