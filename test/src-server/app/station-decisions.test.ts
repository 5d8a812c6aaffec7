import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openCompany, type Company } from "#test/support/company.ts";
import { withDatabase } from "#test/support/postgres.ts";
import { expectOk, type SimulatedStation } from "#test/support/simulated-station.ts";

describe("proposals that a station holds, as head office books them", () => {
  const database = withDatabase();
  let company: Company;
  let a: SimulatedStation;
  let b: SimulatedStation;
  let manager: string;
  let member: string;
  let proposalId: string;
  let numbers = 0;

  beforeAll(async () => {
    company = await openCompany(database.url);
    const rule = { version: 1, name: { "zh-CN": "复核", "en-US": "Checked" }, points: 1, perFen: 100, validMonths: null };
    const dates = { opensOn: "2020-01-01", closesOn: null };
    expectOk(await company.office.admin.publishRule(company.administrator, { ...rule, ...dates, ruleId: "checked", approval: "station" }));
    a = await company.station("A");
    b = await company.station("B");
    manager = await company.hire("manager A", "manager", "A");
  });
  afterAll(() => company.close());
  const propose = (by?: string): void => {
    numbers += 1;
    proposalId = a.say({
      type: "points.award",
      ...(by !== undefined && { by }),
      d: {
        memberId: member,
        purchase: { receiptNumber: `C-${numbers}`, amountFen: 30_000 },
        ruleId: "checked",
        ruleVersion: 1,
        points: 300,
        earnedOn: "2026-05-12",
        expiresOn: null,
        outcome: { kind: "proposal", holder: "station" },
      },
    });
  };
  beforeEach(() => {
    member = a.createMember(String(50_000_000_000 + ++numbers));
    propose();
  });

  const lot = { points: 300, ruleId: "checked", ruleVersion: 1, earnedOn: "2026-05-12", expiresOn: null };
  type Changes = { readonly decision?: "approve" | "reject"; readonly points?: number; readonly lot?: unknown };
  const decide = (by: string, station: SimulatedStation, changes: Changes = {}): void =>
    void station.say({
      type: "proposal.decide_here",
      entity: { kind: "proposal", id: proposalId },
      by,
      d: { proposalId, memberId: member, decision: "approve", points: 300, lot, ...changes },
    });
  const verdicts = async (station: SimulatedStation): Promise<readonly (string | undefined)[]> =>
    (await station.push()).results.map(({ verdict, code }) => code ?? verdict);

  it("takes a decision that was made without a line, and places the points", async () => {
    decide(manager, a);
    expect((await verdicts(a)).slice(-1)).toEqual(["applied"]);
    await a.pull();
    expect(a.row("proposal", proposalId)).toMatchObject({ state: "approved", holder: "station" });
    expect(a.row("balance", member)).toMatchObject({ balance: 300, proposed: 0 });
    expect(a.spendable(member)).toBe(300);
  });

  it("decides nothing itself while a station holds it, and decides once it was passed on", async () => {
    await a.push();
    const ask = () => a.act(manager, { proposalId, decision: "approve", reason: null });
    expect(await ask()).toMatchObject({ ok: false, error: { code: "HELD_BY_STATION", data: { branch: "分店A" } } });
    a.say({ type: "proposal.hand_over", entity: { kind: "proposal", id: proposalId }, by: manager, d: { proposalId, memberId: member } });
    expect((await verdicts(a)).slice(-1)).toEqual(["applied"]);
    expect(await ask()).toMatchObject({ ok: true });
  });

  it.each<[what: string, decideBadly: () => SimulatedStation]>([
    [
      "another station",
      () => {
        decide(manager, b);
        return b;
      },
    ],
    [
      "the one who proposed it",
      () => {
        propose(manager);
        decide(manager, a);
        return a;
      },
    ],
    [
      "one who issues more than was proposed",
      () => {
        decide(manager, a, { lot: { ...lot, points: 400 } });
        return a;
      },
    ],
  ])("keeps back a decision by %s", async (_what, decideBadly) => {
    await a.push();
    const station = decideBadly();
    expect((await verdicts(station)).slice(-1)).toEqual(["NOT_THE_HOLDER"]);
    await a.pull();
    expect(a.row("proposal", proposalId)).toMatchObject({ state: "open" });
    expect(a.row("balance", member)?.balance).toBe(0);
  });

  it("keeps back an award that gives a decision of head office's to the station", async () => {
    a.say({
      type: "points.award",
      d: {
        memberId: member,
        purchase: { receiptNumber: `D-${numbers}`, amountFen: 30_000 },
        ...lot,
        ruleId: "large",
        outcome: { kind: "proposal", holder: "station" },
      },
    });
    expect((await verdicts(a)).slice(-1)).toEqual(["APPROVAL_BYPASSED"]);
  });
});
