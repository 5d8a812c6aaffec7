import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { StoreUnavailable, type Store } from "#server/app/ports/store.ts";
import { openStore } from "#server/db/open-store.ts";
import { testDatabaseKey } from "#test/support/company.ts";
import { withDatabase } from "#test/support/postgres.ts";

/** What only PostgreSQL does; what every store must do is in `test/contract/head-office-store.test.ts`. */
describe("transactions of head office", () => {
  const database = withDatabase();
  let store: Store;
  beforeAll(async () => {
    store = await openStore(database.url, testDatabaseKey, () => undefined);
  });
  afterAll(() => store.close());

  const tries = (subject: string) => store.read((tx) => tx.access.failedTries(subject, 0));

  it("start again when two waited for each other", async () => {
    // The first holds member 1 and wants 2, the second holds 2 and wants 1: PostgreSQL ends one of them, which comes again.
    const [one, two] = ["00000000-0000-7000-8000-000000000001", "00000000-0000-7000-8000-000000000002"];
    const hasFirst = Promise.withResolvers<void>();
    const hasSecond = Promise.withResolvers<void>();
    let attempts = 0;
    const take = (first: string, second: string, mine: PromiseWithResolvers<void>, theirs: PromiseWithResolvers<void>) =>
      store.write(async (tx) => {
        attempts++;
        await tx.ledger.lock([first]);
        mine.resolve();
        await theirs.promise;
        await tx.ledger.lock([second]);
        await tx.access.addFailedTry("crossed", 1);
      });
    await Promise.all([take(one, two, hasFirst, hasSecond), take(two, one, hasSecond, hasFirst)]);

    expect(attempts).toBe(3);
    expect(await tries("crossed")).toEqual([1, 1]);
  });

  it("say that it is the database when there is none", async () => {
    // The server was stopped: a batch of operations must not be blamed for it.
    await expect(openStore("postgres://nobody@127.0.0.1:1/nothing", testDatabaseKey, () => undefined)).rejects.toThrow(/ECONNREFUSED/);
    const closed = await openStore(database.url, testDatabaseKey, () => undefined);
    const cut = closed.write(async (tx) => {
      await store.write((other) => other.access.addFailedTry("before the cut", 1));
      await endOtherConnections(database.url);
      await tx.access.addFailedTry("after the cut", 1);
    });
    await expect(cut).rejects.toBeInstanceOf(StoreUnavailable);
    // A connection that lay idle was cut too, and the pool may hand it out before it hears of that.
    const isCut = (cause: unknown) => (cause instanceof StoreUnavailable ? tries("after the cut") : Promise.reject(cause));
    expect(await tries("after the cut").catch(isCut)).toEqual([]);
    await closed.close();
  });

  it("take another connection when theirs was cut while nobody used it", async () => {
    const one = await openConnection(database.url);
    for (let round = 0; round < 10; round++) {
      await Promise.all(Array.from({ length: 4 }, () => tries("nobody")));
      // Not waited for: the questions are on their way when the connections learn that they are cut.
      const cut = one.query(endOthers);
      expect(await Promise.all(Array.from({ length: 4 }, () => tries("nobody").catch(whatItIs)))).not.toContain("a fault of ours");
      await cut;
      expect(await tries("nobody")).toEqual([]);
    }
    await one.end();
  });
});

/** A question that was asked already goes down with its connection, and says so in the store's word. */
const whatItIs = (cause: unknown): string => (cause instanceof StoreUnavailable ? "the world's" : "a fault of ours");

const endOthers = "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()";

async function endOtherConnections(url: string): Promise<void> {
  const client = await openConnection(url);
  await client.query(endOthers);
  await client.end();
}

async function openConnection(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  await client.connect();
  return client;
}
