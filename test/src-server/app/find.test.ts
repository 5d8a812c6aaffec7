import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FindRequest } from "#shared/contracts/sync/wire.ts";
import { openCompany, type Company } from "#test/support/company.ts";
import { withDatabase } from "#test/support/postgres.ts";
import { expectOk, type SimulatedStation } from "#test/support/simulated-station.ts";

describe("looking for a member at head office", () => {
  const database = withDatabase();
  let company: Company;
  let atA: SimulatedStation;
  let atB: SimulatedStation;
  let clerkOfA: string;

  beforeAll(async () => {
    company = await openCompany(database.url);
    [atA, atB] = [await company.station("A"), await company.station("B")];
    clerkOfA = await company.hire("looks", "clerk", "A");
    const wang = atA.createMember("20000000001", atA.branchId, "王芳");
    atA.issueCard(wang, "9999000000000011");
    atA.award(wang, 120);
    atB.createMember("20000000002", atB.branchId, "王小明");
    const served = atB.createMember("20000000003", atB.branchId, "赵敏");
    await atA.push();
    await atB.push();
    atA.award(served, 50, { toRight: 0 });
    await atA.push();
  });
  afterAll(() => company.close());

  const ask = (kind: FindRequest["kind"], value: string, by = clerkOfA, station = atA) =>
    company.office.sync.find(station.token(), { replica: station.replica, kind, value, by });
  const found = async (...asked: Parameters<typeof ask>) => expectOk(await ask(...asked)).members.map(({ name }) => name);

  it("by the whole card, phone or number finds anybody, masked at home elsewhere", async () => {
    expect(expectOk(await ask("card", "9999000000000011")).members).toMatchObject([
      { name: "王芳", phonesMasked: ["138****5678"], balance: 120, card: { last4: "0011", state: "active" } },
    ]);
    expect(await found("memberNumber", "20000000002")).toEqual(["王**"]);
    expect(await found("phone", "13812345678")).toEqual(["王芳", "王**", "赵敏"]);
    expect(await found("phone", "1381234567")).toEqual([]);
  });

  it("by a part finds only whom the person may see in lists: at home here, or served here", async () => {
    expect(await found("part", "王")).toEqual(["王芳"]);
    expect(await found("part", "赵敏")).toEqual(["赵敏"]);
    expect(await found("part", "2000000000")).toEqual(["王芳", "赵敏"]);
    expect(await found("part", "王", company.administrator)).toEqual(["王芳", "王小明"]);
    expect(await found("part", "%")).toEqual([]);
  });

  it("leaves behind who asked, from where, and who was shown", async () => {
    const by = await company.hire("noted", "clerk", "A");
    await ask("memberNumber", "20000000002", by);
    const { rows } = await company.database.query(
      "select staff_id, replica, kind, cardinality(member_ids) as shown from find_log where staff_id = $1",
      [by],
    );
    expect(rows).toEqual([{ staff_id: by, replica: atA.replica, kind: "memberNumber", shown: 1 }]);
  });

  it("is refused to one of another branch, to a stranger, and to a station that has no session", async () => {
    expect(await ask("part", "王", clerkOfA, atB)).toMatchObject({ ok: false, error: { code: "FORBIDDEN", status: 403 } });
    expect(await ask("part", "王", "nobody")).toMatchObject({ ok: false, error: { code: "FORBIDDEN" } });
    const stranger = { replica: atA.replica, kind: "part", value: "王", by: clerkOfA } as const;
    expect(await company.office.sync.find("not a token", stranger)).toMatchObject({ ok: false, error: { code: "TOKEN", status: 401 } });
  });

  it("thirty times a minute is enough for a counter, and not for a copy of the customers", async () => {
    const by = await company.hire("curious", "clerk", "A");
    for (let looks = 0; looks < 30; looks += 1) expectOk(await ask("memberNumber", "20000000001", by));
    expect(await ask("memberNumber", "20000000001", by)).toMatchObject({ ok: false, error: { code: "LOOKED_TOO_OFTEN", status: 403 } });
    expect(await found("memberNumber", "20000000001")).toEqual(["王芳"]);
    company.clock.advance(60_000);
    expect(await found("memberNumber", "20000000001", by)).toEqual(["王芳"]);
  });
});
