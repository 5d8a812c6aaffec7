import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "#server/app/ids.ts";
import { decideProposalAct } from "#shared/contracts/acts/proposals.ts";
import { openCompany, type Company } from "#test/support/company.ts";
import { withDatabase } from "#test/support/postgres.ts";
import type { SimulatedStation } from "#test/support/simulated-station.ts";

describe("proposals that head office holds", () => {
  const database = withDatabase();
  let company: Company;
  let a: SimulatedStation;
  let b: SimulatedStation;
  let managerOfA: string;
  let managerOfB: string;
  let memberNumber = 0;
  const nextNumber = () => String(40_000_000_000 + ++memberNumber);
  const refused = (code: string) => ({ ok: false, error: { code } });

  beforeAll(async () => {
    company = await openCompany(database.url);
    a = await company.station("A");
    b = await company.station("B");
    managerOfA = await company.hire("manager A", "manager", "A");
    managerOfB = await company.hire("manager B", "manager", "B");
  });
  afterAll(() => company.close());

  it("makes the points spendable when a manager of the branch approves", async () => {
    // A purchase above the limit: nothing can be spent until somebody who did not propose it has looked.
    const member = a.createMember(nextNumber());
    const proposal = a.propose(member, 700);
    await a.push();
    await a.pull();
    expect(a.row("balance", member)).toMatchObject({ balance: 0, proposed: 700 });

    expect(await a.act(managerOfA, { proposalId: proposal, decision: "approve", reason: null })).toMatchObject({
      ok: true,
      value: { verdict: "applied", reply: { proposalId: proposal, state: "approved" } },
    });

    await a.pull();
    expect(a.row("proposal", proposal)).toMatchObject({ state: "approved" });
    expect(a.row("balance", member)).toMatchObject({ balance: 700, proposed: 0 });
    expect(a.spendable(member)).toBe(500);
  });

  it("keeps the points back with the reason when a manager rejects", async () => {
    const member = a.createMember(nextNumber());
    const proposal = a.propose(member, 700);
    await a.push();

    expect(await a.act(managerOfA, { proposalId: proposal, decision: "reject", reason: " " })).toMatchObject(refused("REASON_MISSING"));
    expect(await a.act(managerOfA, { proposalId: proposal, decision: "reject", reason: "receipt not found" })).toMatchObject({ ok: true });
    await a.pull();
    expect(a.row("proposal", proposal)).toMatchObject({ state: "rejected", reason: "receipt not found" });
    expect(a.row("balance", member)).toMatchObject({ balance: 0, proposed: 0 });
  });

  it("decides once, however often and by whomever it is asked", async () => {
    // The reply was lost and the manager presses again; then another manager, with another opinion.
    const member = a.createMember(nextNumber());
    const proposal = a.propose(member, 300);
    await a.push();
    const actId = newId({ clock: company.clock, random: randomBytes });
    const approve = { proposalId: proposal, decision: "approve", reason: null } as const;

    expect(await a.act(managerOfA, approve, actId)).toMatchObject({ ok: true, value: { verdict: "applied" } });
    expect(await a.act(managerOfA, approve, actId)).toMatchObject({
      ok: true,
      value: { verdict: "duplicate", reply: { proposalId: proposal, state: "approved" } },
    });
    const changed = { ...approve, decision: "reject", reason: "no" } as const;
    expect(await a.act(managerOfA, changed, actId)).toMatchObject(refused("REQUEST_ID_REUSED"));
    expect(await a.act(managerOfA, changed)).toMatchObject({ ok: false, error: { code: "ALREADY_DECIDED", data: { state: "approved" } } });
    await a.pull();
    expect(a.row("balance", member)?.balance).toBe(300);
  });

  it("lets only those decide who may, for their own branch, and never their own proposal", async () => {
    // In turn: a clerk, a stranger, a manager of another branch at their own station, one at ours, and the proposer.
    const member = a.createMember(nextNumber());
    const proposal = a.propose(member, 300);
    a.say({
      type: "points.award",
      by: managerOfA,
      d: { ...(JSON.parse(Buffer.from(a.operations.at(-1)?.body ?? []).toString("utf8")) as { d: object }).d },
    });
    const own = a.operations.at(-1)?.opId ?? "";
    await a.push();
    const approve = { proposalId: proposal, decision: "approve", reason: null } as const;
    const clerk = (JSON.parse(Buffer.from(a.operations[0]?.body ?? []).toString("utf8")) as { by: string }).by;

    expect(await a.act(clerk, approve)).toMatchObject(refused("FORBIDDEN"));
    expect(await a.act("nobody", approve)).toMatchObject(refused("FORBIDDEN"));
    expect(await b.act(managerOfB, approve)).toMatchObject(refused("OUT_OF_SCOPE"));
    expect(await a.act(managerOfB, approve)).toMatchObject(refused("FORBIDDEN"));
    expect(await a.act(managerOfA, { ...approve, proposalId: own })).toMatchObject(refused("OWN_PROPOSAL"));
    expect(await a.act(managerOfA, { ...approve, proposalId: newId({ clock: company.clock, random: randomBytes }) })).toMatchObject(
      refused("PROPOSAL_NOT_FOUND"),
    );
    expect(await b.act(company.administrator, approve)).toMatchObject({ ok: true, value: { reply: { state: "approved" } } });
  });

  it("takes one of two decisions made at the same moment", async () => {
    // The manager at the counter and the administrator at head office press at once, with opposite opinions.
    const member = a.createMember(nextNumber());
    const proposal = a.propose(member, 300);
    await a.push();
    const admin = { staffId: company.administrator, userName: "admin", displayName: "", role: "administrator", branchId: null } as const;
    const requestId = newId({ clock: company.clock, random: randomBytes });

    const decided = await Promise.all([
      a.act(managerOfA, { proposalId: proposal, decision: "approve", reason: null }),
      company.office.admin.act(admin, decideProposalAct, { requestId, proposalId: proposal, decision: "reject", reason: "no" }),
    ]);

    expect(decided.filter(({ ok }) => ok)).toHaveLength(1);
    expect(decided.find(({ ok }) => !ok)).toMatchObject(refused("ALREADY_DECIDED"));
    expect(await company.office.admin.verify()).toEqual({ ok: true, damaged: [] });
  });

  it("shows a manager the proposals of the own branch, and an administrator all", async () => {
    const member = b.createMember(nextNumber());
    const proposal = b.propose(member, 444);
    await b.push();
    const manager = { userName: "", displayName: "", role: "manager" } as const;
    const seenBy = async (branch: string | null) =>
      (
        await company.office.admin.proposals(
          branch === null
            ? { staffId: company.administrator, userName: "", displayName: "", role: "administrator", branchId: null }
            : { staffId: managerOfA, ...manager, branchId: company.branchIds[branch] ?? "" },
        )
      ).map(({ proposalId }) => proposalId);

    expect(await seenBy("A")).not.toContain(proposal);
    expect(await seenBy("B")).toEqual([proposal]);
    expect(await seenBy(null)).toContain(proposal);
  });
});
