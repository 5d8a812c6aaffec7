import { randomBytes } from "node:crypto";
import { Client, DatabaseError } from "pg";
import { afterAll, beforeAll, inject } from "vitest";

/** As PostgreSQL names it: another session uses the database. */
const inUse = "55006";

export type TestDatabase = {
  /** Connection string of an empty database of this file's own, as superuser; readable once the tests have begun. */
  readonly url: string;
};

/** Gives the calling file (or describe block) an empty database on the run's PostgreSQL, and drops it after its last test. */
export function withDatabase(): TestDatabase {
  const name = `test_${process.pid}_${randomBytes(6).toString("hex")}`;
  const serverUrl = inject("postgresServerUrl");
  const url = new URL(serverUrl);
  url.pathname = name;

  beforeAll(() => ask(serverUrl, `create database "${name}" encoding 'UTF8' template template0`));
  afterAll(() => dropDatabase(serverUrl, name));
  return { url: url.href };
}

/**
 * PostgreSQL waits some seconds for connections that are just saying goodbye: cut off, they would tell a program that no longer listens. One that a
 * failed test left open is cut off after that, and vitest reports its end.
 */
async function dropDatabase(serverUrl: string, name: string): Promise<void> {
  await ask(serverUrl, `drop database if exists "${name}"`).catch(async (cause: unknown) => {
    if (!(cause instanceof DatabaseError && cause.code === inUse)) throw cause;
    await ask(serverUrl, `drop database if exists "${name}" with (force)`);
  });
}

async function ask(serverUrl: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
