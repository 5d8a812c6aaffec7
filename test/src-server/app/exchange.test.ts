import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openCompany, type Company } from "#test/support/company.ts";
import { withDatabase } from "#test/support/postgres.ts";

describe("what a station and head office tell each other", () => {
  const database = withDatabase();
  let company: Company;
  beforeAll(async () => {
    company = await openCompany(database.url);
  });
  afterAll(() => company.close());

  it("takes a day at the counter into the books and sends back the member's figures", async () => {
    const a = await company.station("A");
    const member = a.createMember("10000000001");
    a.award(member, 300);
    a.redeem(member, 120);

    const reply = await a.push();
    await a.pull();

    expect(reply.results.map(({ verdict }) => verdict)).toEqual(["applied", "applied", "applied"]);
    expect(a.row("balance", member)).toMatchObject({ balance: 180, pool: 0, rights: [{ branchId: a.branchId, points: 180 }] });
    expect(a.row("member", member)).toMatchObject({ name: "王小明", homeBranch: a.branchId });
    expect(a.row("directory", member)).toMatchObject({ nameMasked: "王**" });
    expect(await company.office.admin.verify()).toEqual({ ok: true, damaged: [] });
  });
});
