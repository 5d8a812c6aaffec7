import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openCompany, type Company } from "#test/support/company.ts";
import { withDatabase } from "#test/support/postgres.ts";
import { expectOk } from "#test/support/simulated-station.ts";

describe("looking after head office", () => {
  const database = withDatabase();
  let company: Company;
  beforeAll(async () => {
    company = await openCompany(database.url);
  });
  afterAll(() => company.close());

  it("makes the first administrator once", async () => {
    // Whoever finds the printed code later gets nothing for it.
    expect(await company.office.firstAdministratorCode()).toBeNull();
    const again = { userName: "second", displayName: "", password: "x" };
    expect(await company.office.admin.createFirstAdministrator("0".repeat(26), again)).toEqual({
      ok: false,
      error: { code: "ADMINISTRATOR_EXISTS" },
    });
  });

  it("signs a person in, whatever the case of the name", async () => {
    expect(await company.office.admin.signIn("Admin", "correct horse")).toMatchObject({
      ok: true,
      value: { staffId: company.administrator, role: "administrator", branchId: null },
    });
  });

  it("closes an account for a quarter of an hour after five wrong passwords", async () => {
    // The right password is refused as well: otherwise the lock would say when it was found.
    await company.hire("victim", "manager", "A");
    for (let i = 0; i < 5; i++) {
      expect(await company.office.admin.signIn("victim", "guess")).toEqual({ ok: false, error: { code: "WRONG_CREDENTIALS" } });
    }
    const untilMs = company.clock.nowMs() + 15 * 60 * 1000;
    expect(await company.office.admin.signIn("VICTIM", "a password")).toEqual({ ok: false, error: { code: "ACCOUNT_LOCKED", untilMs } });
    company.clock.advance(15 * 60 * 1000);
    expect(await company.office.admin.signIn("victim", "a password")).toMatchObject({ ok: true });
  });

  it("says the same of a person who does not exist", async () => {
    expect(await company.office.admin.signIn("nobody", "a password")).toEqual({ ok: false, error: { code: "WRONG_CREDENTIALS" } });
  });

  it("refuses a branch, a person and a version that are there already", async () => {
    const { admin } = company.office;
    expect(await admin.addBranch("x", { code: "A", name: "again" })).toMatchObject({ ok: false, error: { code: "BRANCH_CODE_TAKEN" } });
    const staff = { userName: "ADMIN", displayName: "", password: "x", role: "clerk", branch: null } as const;
    expect(await admin.setStaff("x", staff)).toMatchObject({ ok: false, error: { code: "USER_NAME_TAKEN" } });
    expect(await admin.setStaff("x", { ...staff, userName: "new", branch: "NOWHERE" })).toMatchObject({
      ok: false,
      error: { code: "BRANCH_NOT_FOUND" },
    });
    expect(await admin.createEnrolmentCode("x", "NOWHERE")).toMatchObject({ ok: false, error: { code: "BRANCH_NOT_FOUND" } });
    const name = { "zh-CN": "礼品", "en-US": "Gift" };
    const plan = { planId: "gift", version: 2, name, costPoints: 100, opensOn: "2026-01-01", closesOn: "2026-12-31", giftId: null };
    expect(await admin.publishPlan("x", plan)).toMatchObject({ ok: true });
    expect(await admin.publishPlan("x", plan)).toMatchObject({ ok: false, error: { code: "VERSION_EXISTS" } });
    const rule = {
      ruleId: "spend",
      version: 1,
      name,
      points: 2,
      perFen: 100,
      validMonths: null,
      opensOn: "2026-01-01",
      closesOn: null,
    } as const;
    expect(await admin.publishRule("x", { ...rule, approval: "none" })).toMatchObject({ ok: false, error: { code: "VERSION_EXISTS" } });
  });

  it("flags an award under a rule that meanwhile gives less", async () => {
    // The new version opened this morning; the station has not heard of it. The customer keeps what was promised.
    const a = await company.station("A");
    const name = { "zh-CN": "半", "en-US": "Half" };
    const half = { ruleId: "spend", version: 2, name, points: 1, perFen: 200, validMonths: null, opensOn: "2026-01-01", closesOn: null };
    expectOk(await company.office.admin.publishRule(company.administrator, { ...half, approval: "none" }));
    const member = a.createMember("60000000001");
    a.award(member, 100);
    expect((await a.push()).results.at(-1)).toMatchObject({ verdict: "flagged", code: "RULE_GIVES_LESS" });
    await a.pull();
    expect(a.row("balance", member)?.balance).toBe(100);
  });

  it("remembers everything after a restart", async () => {
    // The server's computer was switched off; a new process opens the same database.
    const a = await company.station("A");
    const member = a.createMember("60000000002");
    a.award(member, 321);
    await a.push();
    const another = await company.anotherProcess();

    expect((await another.admin.balances(["60000000002"])).balances).toEqual({ "60000000002": 321 });
    expect(Buffer.from(another.sync.identity(new Uint8Array(1)).publicKey).toString("base64")).toBe(a.enrolled.headOfficeKey);
    expect(await another.sync.push(a.token(), a.pushRequest(0, 2))).toMatchObject({ ok: true, value: { ackSeq: 2 } });
  });

  it("can be opened by several processes on an empty database at once", async () => {
    // Two servers start together after an update; one migrates, the others wait.
    const processes = await Promise.all([company.anotherProcess(), company.anotherProcess(), company.anotherProcess()]);
    const keys = processes.map(({ sync }) => Buffer.from(sync.identity(new Uint8Array(1)).publicKey).toString("hex"));
    expect(new Set(keys).size).toBe(1);
  });
});

describe("finding damage in the books", () => {
  const database = withDatabase();
  let company: Company;
  beforeAll(async () => {
    company = await openCompany(database.url);
  });
  afterAll(() => company.close());

  it("names the operation, the account and the chain that somebody has changed by hand", async () => {
    // An insider with access to the database gives a friend points, in four ways.
    const a = await company.station("A");
    const member = a.createMember("70000000001");
    const [award, second, third, fourth] = [a.award(member, 100), a.award(member, 100), a.award(member, 100), a.award(member, 100)];
    await a.push();
    const { office, database: books } = company;
    expect(await office.admin.verify()).toEqual({ ok: true, damaged: [] });

    const holder = `RIGHT:${a.incarnation}`;
    await books.query("update account set amount = amount + 50 where lot_id = $1 and holder = $2", [award, holder]);
    expect(await office.admin.verify()).toEqual({ ok: false, damaged: [{ table: "account", id: `${award}/${holder}` }] });
    await books.query("update account set amount = amount - 50 where lot_id = $1 and holder = $2", [award, holder]);

    await books.query("update ledger_entry set amount = amount + 50 where op_id = $1 and holder = $2", [second, holder]);
    await books.query("update account set amount = amount + 50 where lot_id = $1 and holder = $2", [second, holder]);
    expect((await office.admin.verify()).damaged).toEqual([{ table: "ledger_entry", id: second }]);
    await books.query("update ledger_entry set amount = amount - 50 where op_id = $1 and holder = $2", [second, holder]);
    await books.query("update account set amount = amount - 50 where lot_id = $1 and holder = $2", [second, holder]);

    await books.query(
      "update op_inbox set body = convert_to(replace(convert_from(body, 'UTF8'), '10000', '90000'), 'UTF8') where op_id = $1",
      [third],
    );
    expect((await office.admin.verify()).damaged).toEqual([{ table: "op_inbox", id: third }]);
    await books.query(
      "update op_inbox set body = convert_to(replace(convert_from(body, 'UTF8'), '90000', '10000'), 'UTF8') where op_id = $1",
      [third],
    );

    await books.query("delete from op_inbox where op_id = $1", [fourth]);
    expect((await office.admin.verify()).damaged).toEqual([
      { table: "op_id", id: fourth },
      { table: "replica_inc", id: `${a.replica}/${a.incarnation}` },
    ]);
  });
});
