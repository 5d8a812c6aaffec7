import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { afterAll, beforeAll, inject } from "vitest";

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
  // With force, so that a connection left open by a failed test cannot keep the database; vitest reports that connection's end.
  afterAll(() => ask(serverUrl, `drop database if exists "${name}" with (force)`));
  return { url: url.href };
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
