import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openCompany, type Company } from "#test/support/company.ts";
import { withDatabase } from "#test/support/postgres.ts";
import { expectOk, type SimulatedStation } from "#test/support/simulated-station.ts";

describe("an award by a rule that head office has superseded", () => {
  const database = withDatabase();
  let company: Company;
  let station: SimulatedStation;
  let manager: string;
  let member: string;
  let members = 0;
  let rules = 0;
  let ruleId: string;

  beforeAll(async () => {
    company = await openCompany(database.url);
    station = await company.station("A");
    manager = await company.hire("manager A", "manager", "A");
  });
  afterAll(() => company.close());
  beforeEach(async () => {
    member = station.createMember(String(70_000_000_000 + ++members));
    ruleId = `rule ${++rules}`;
    await publish({ version: 1, points: 1 });
  });

  async function publish(fields: {
    version: number;
    points: number;
    validMonths?: number;
    opensOn?: string;
    closesOn?: string;
  }): Promise<void> {
    const name = { "zh-CN": "消费", "en-US": "Spending" };
    const rule = {
      ruleId,
      name,
      perFen: 100,
      approval: "none",
      validMonths: null,
      opensOn: "2020-01-01",
      closesOn: null,
      ...fields,
    } as const;
    expectOk(await company.office.admin.publishRule(company.administrator, rule));
  }
  /** 100 points for 100 yuan, by the version that the station knows. */
  async function award(): Promise<{ opId: string; verdict: unknown }> {
    const opId = station.award(member, 100, { rule: { ruleId, version: 1 } });
    const { results } = await station.push();
    await station.pull();
    return { opId, verdict: results.at(-1)?.verdict };
  }
  const difference = (opId: string) =>
    [...station.rows.entries()].flatMap(([key, row]) => {
      const proposal = row as { differenceOf?: string; proposalId: string };
      return key.startsWith("proposal/") && proposal.differenceOf === opId ? [proposal] : [];
    })[0];
  const decide = (proposalId: string, decision: "approve" | "reject", by = manager) =>
    station.act(by, { proposalId, decision, reason: decision === "reject" ? "no" : null });

  it("that gives more stands as it is, and the rest waits for somebody who did not award it", async () => {
    await publish({ version: 2, points: 3, validMonths: 12 });
    const { opId, verdict } = await award();
    expect(verdict).toBe("applied");
    expect(station.row("balance", member)).toMatchObject({ balance: 100, proposed: 200 });
    const proposal = difference(opId);
    expect(proposal).toMatchObject({ points: 200, ruleVersion: 2, state: "open" });
    const clerk = (JSON.parse(Buffer.from(station.operations[0]?.body ?? []).toString("utf8")) as { by: string }).by;
    expect(proposal).toMatchObject({ proposedBy: clerk });

    expect(await decide(proposal?.proposalId ?? "", "approve")).toMatchObject({ ok: true });
    await station.pull();
    expect(station.row("balance", member)).toMatchObject({ balance: 300, proposed: 0 });
    expect(await company.office.admin.verify()).toEqual({ ok: true, damaged: [] });
  });

  it("is told to the manager of the branch that made it, and to nobody of another branch", async () => {
    await publish({ version: 2, points: 2 });
    const { opId } = await award();
    const { proposalId = "" } = difference(opId) ?? {};
    const seen = async (branch: string) =>
      (
        await company.office.admin.proposals({
          staffId: manager,
          userName: "",
          displayName: "",
          role: "manager",
          branchId: company.branchIds[branch] ?? "",
        })
      ).find((proposal) => proposal.proposalId === proposalId);
    expect(await seen("A")).toMatchObject({ points: 100, isDifference: true, branch: "A" });
    expect(await seen("B")).toBeUndefined();
  });

  it.each([
    ["gives the same", { points: 1 }, "applied"],
    ["opens tomorrow", { points: 9, opensOn: "2999-01-01" }, "applied"],
    ["gives less", { points: 1, perFen: 200 }, "flagged"],
    ["has closed the offer", { points: 9, opensOn: "2020-01-01", closesOn: "2020-01-02" }, "flagged"],
  ])("is not added to by a version that %s", async (_name, fields, expected) => {
    await publish({ version: 2, ...fields });
    const { opId, verdict } = await award();
    expect(verdict).toBe(expected);
    expect(difference(opId)).toBeUndefined();
    expect(station.row("balance", member)).toMatchObject({ balance: 100, proposed: 0 });
  });

  it("takes its difference along when it is undone, decided or not", async () => {
    await publish({ version: 2, points: 2 });
    const first = await award();
    const second = await award();
    expect(await decide(difference(first.opId)?.proposalId ?? "", "approve")).toMatchObject({ ok: true });
    station.voidAward(member, first.opId, 100);
    station.voidAward(member, second.opId, 100);
    await station.push();
    await station.pull();
    const { balance, proposed } = station.row("balance", member) ?? {};
    expect({ balance, proposed }).toEqual({ balance: 0, proposed: 0 });
    expect(difference(second.opId)).toMatchObject({ state: "rejected" });
    expect(await company.office.admin.verify()).toEqual({ ok: true, damaged: [] });
  });
});
