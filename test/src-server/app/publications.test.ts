import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "#server/app/ids.ts";
import type { AuditLine } from "#shared/contracts/acts/audit.ts";
import type { PublishedPlan, PublishedRule } from "#shared/contracts/acts/publications.ts";
import { openCompany, type Company } from "#test/support/company.ts";
import { withDatabase } from "#test/support/postgres.ts";
import { expectOk, type SimulatedStation } from "#test/support/simulated-station.ts";

describe("rules and plans, published from a station", () => {
  const database = withDatabase();
  let company: Company;
  let station: SimulatedStation;
  const refused = (code: string) => ({ ok: false, error: { code } });
  const id = () => newId({ clock: company.clock, random: randomBytes });
  const act = (type: string, body: Record<string, unknown>, by = company.administrator, actId = id()) => station.act(by, body, actId, type);
  const reply = async <T>(acted: ReturnType<typeof act>): Promise<T> => expectOk(await acted).reply as T;
  const rule = (fields: Record<string, unknown> = {}) => ({
    ruleId: null,
    basedOn: null,
    name: { "zh-CN": "周末双倍", "en-US": "Weekend double" },
    points: 2,
    perFen: 100,
    approval: "none",
    validMonths: 12,
    opensOn: company.clock.today(),
    closesOn: null,
    ...fields,
  });
  const plan = (fields: Record<string, unknown> = {}) => ({
    planId: null,
    basedOn: null,
    name: { "zh-CN": "马克杯", "en-US": "Mug" },
    costPoints: 500,
    opensOn: company.clock.today(),
    closesOn: "2999-12-31",
    ...fields,
  });
  const published = () => reply<{ rules: PublishedRule[]; plans: PublishedPlan[] }>(act("publication.list", {}));

  beforeAll(async () => {
    company = await openCompany(database.url);
    station = await company.station("A");
  });
  afterAll(() => company.close());

  it("reach every station with the next exchange, and say who published them and when", async () => {
    const { ruleId, version } = await reply<{ ruleId: string; version: number }>(act("rule.publish", rule()));
    const { planId } = await reply<{ planId: string }>(act("plan.publish", plan()));
    await station.pull();
    expect(version).toBe(1);
    expect(station.row("rule", `${ruleId}/1`)).toMatchObject({ points: 2, validMonths: 12 });
    expect(station.row("plan", `${planId}/1`)).toMatchObject({ costPoints: 500 });
    const { rules, plans } = await published();
    const by = { publishedBy: "管理员", publishedAtMs: company.clock.nowMs() };
    expect(rules.find((each) => each.ruleId === ruleId)).toMatchObject({ version: 1, ...by });
    expect(plans.find((each) => each.planId === planId)).toMatchObject({ version: 1, ...by });
  });

  it("name a gift that head office has, or none (X-01)", async () => {
    expect(await act("plan.publish", plan({ giftId: "mug" }))).toMatchObject(refused("GIFT_NOT_FOUND"));
    await reply(act("gift.set", { giftId: "mug", name: { "zh-CN": "马克杯", "en-US": "Mug" }, lowAt: 5 }));
    const { planId } = await reply<{ planId: string }>(act("plan.publish", plan({ giftId: "mug" })));
    expect(await reply(act("plan.publish", plan({ planId, basedOn: 1, giftId: null })))).toEqual({ planId, version: 2 });
    await station.pull();
    expect(station.row("plan", `${planId}/1`)).toMatchObject({ giftId: "mug" });
    expect(station.row("plan", `${planId}/2`)).toMatchObject({ giftId: null });
  });

  it("are superseded and never edited: every version stays, and the newest is the one to copy (P-08)", async () => {
    const { ruleId } = await reply<{ ruleId: string }>(act("rule.publish", rule()));
    expect(await reply(act("rule.publish", rule({ ruleId, basedOn: 1, points: 3 })))).toEqual({ ruleId, version: 2 });
    await station.pull();
    expect(station.row("rule", `${ruleId}/1`)).toMatchObject({ points: 2 });
    expect(station.row("rule", `${ruleId}/2`)).toMatchObject({ points: 3 });
    const versions = (await published()).rules.filter((each) => each.ruleId === ruleId).map(({ version, points }) => [version, points]);
    expect(versions).toEqual([
      [2, 3],
      [1, 2],
    ]);
  });

  it("are not overwritten when two people change a copy of the same version", async () => {
    const { planId } = await reply<{ planId: string }>(act("plan.publish", plan()));
    const both = await Promise.all([450, 550].map((costPoints) => act("plan.publish", plan({ planId, basedOn: 1, costPoints }))));
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both.find(({ ok }) => !ok)).toMatchObject(refused("VERSION_EXISTS"));
  });

  it("change what is to come and no day that was", async () => {
    const today = company.clock.today();
    expect(await act("rule.publish", rule({ opensOn: "2020-01-01" }))).toMatchObject({
      ok: false,
      error: { code: "OPENS_IN_THE_PAST", data: { today } },
    });
    expect(await act("plan.publish", plan({ opensOn: "2020-01-01" }))).toMatchObject(refused("OPENS_IN_THE_PAST"));
    expect(await act("rule.publish", rule({ closesOn: "2020-01-01" }))).toMatchObject(refused("MALFORMED"));
    expect(await act("rule.publish", rule({ name: { "zh-CN": "　", "en-US": "x" } }))).toMatchObject(refused("MALFORMED"));
  });

  it("are refused where there is nothing to supersede, and to whoever may not", async () => {
    expect(await act("rule.publish", rule({ ruleId: "nothing", basedOn: 1 }))).toMatchObject(refused("RULE_NOT_FOUND"));
    expect(await act("plan.publish", plan({ planId: "nothing", basedOn: 1 }))).toMatchObject(refused("PLAN_NOT_FOUND"));
    const manager = await company.hire("a manager", "manager", "A");
    expect(await act("rule.publish", rule(), manager)).toMatchObject(refused("FORBIDDEN"));
  });

  it("stand in the log of acts, with the person, and nothing that head office did by itself does", async () => {
    const member = station.createMember("50000000001");
    station.award(member, 100);
    await station.push();
    const { ruleId } = await reply<{ ruleId: string }>(act("rule.publish", rule()));
    const { lines, hasMore } = await reply<{ lines: AuditLine[]; hasMore: boolean }>(act("audit.list", {}));
    expect(lines[0]).toMatchObject({
      type: "rule.publish",
      by: "管理员",
      about: { "zh-CN": "周末双倍", "en-US": "Weekend double" },
      facts: { ruleId, version: 1, points: 2 },
    });
    expect(hasMore).toBe(false);
    expect(lines.map(({ type }) => type)).toEqual(expect.arrayContaining(["branch.add", "staff.set", "plan.publish"]));
    expect(lines.filter(({ type }) => type.startsWith("rights."))).toEqual([]);
    const below = await reply<{ lines: AuditLine[] }>(act("audit.list", { belowSeq: lines[0]?.seq }));
    expect(below.lines).toEqual(lines.slice(1));
  });
});
