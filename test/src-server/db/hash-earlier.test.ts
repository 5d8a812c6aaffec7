import { afterAll, beforeAll, expect, it } from "vitest";
import { openCompany, type Company } from "#test/support/company.ts";
import { withDatabase } from "#test/support/postgres.ts";

const database = withDatabase();
let company: Company;
beforeAll(async () => {
  company = await openCompany(database.url);
});
afterAll(() => company.close());

it("what a version without hashes has published is hashed by the next one when it starts, as it would have been", async () => {
  const a = await company.station("A");
  a.createMember("30000000001");
  await a.push();
  const heads = async () => (await company.database.query("select * from stream_head order by stream")).rows as readonly unknown[];
  const before = await heads();
  expect(before).toContainEqual(expect.objectContaining({ stream: "dir", rows: "1" }));
  for (const statement of [
    "update record set hash = null",
    "update feed set hash = null, deleted_at_ms = null",
    "update stream_head set rows = 0, hash_sum = null",
  ])
    await company.database.query(statement);
  expect(await heads()).not.toEqual(before);

  await company.anotherProcess();

  expect(await heads()).toEqual(before);
});
