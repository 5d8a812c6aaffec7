import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "#server/app/ids.ts";
import { randomBytes } from "node:crypto";
import type { GrantRecord } from "#shared/contracts/sync/feed.ts";
import { openCompany, type Company } from "#test/support/company.ts";
import { withDatabase } from "#test/support/postgres.ts";
import { expectOk, type SimulatedStation } from "#test/support/simulated-station.ts";

describe("who may spend how much, and where", () => {
  const database = withDatabase();
  let company: Company;
  let memberNumber = 0;
  const nextNumber = () => String(20_000_000_000 + ++memberNumber);

  beforeAll(async () => {
    company = await openCompany(database.url);
  });
  afterAll(() => company.close());

  const grantsTo = (station: SimulatedStation): readonly GrantRecord[] =>
    [...station.rows].filter(([key]) => key.startsWith("grant/")).map(([, row]) => row as GrantRecord);

  it("fills the home station up to 500 and the second one up to 200, earliest expiry first", async () => {
    // A member of A who also shops at B: 1,000 points earned at B, most of which lie in the pool.
    const a = await company.station("A");
    const b = await company.station("B");
    const member = b.createMember(nextNumber(), a.branchId);
    const late = b.award(member, 400, { toRight: 0, expiresOn: "2027-12-31" });
    const early = b.award(member, 600, { toRight: 0, expiresOn: "2026-12-31" });
    await b.push();
    await a.pull();
    await b.pull();

    expect(a.spendable(member)).toBe(500);
    expect(b.spendable(member)).toBe(200);
    expect(grantsTo(a)[0]?.lines.map(({ lotId, points }) => [lotId, points])).toEqual([[early, 500]]);
    expect(grantsTo(b)[0]?.lines.map(({ lotId, points }) => [lotId, points])).toEqual([
      [early, 100],
      [late, 100],
    ]);
    expect(b.row("balance", member)).toMatchObject({ balance: 1000, pool: 300 });
  });

  it("numbers the grants to one life without a hole", async () => {
    // A lost grant must show as a gap; so every grant, by feed or by draw, has the next number.
    const a = await company.station("A");
    const members = Array.from({ length: 3 }, () => a.createMember(nextNumber()));
    for (const member of members) a.award(member, 900, { toRight: 0 });
    await a.push();
    for (const member of members) expectOk(await a.draw(member, 50));
    await a.pull();

    expect(
      grantsTo(a)
        .map(({ gno }) => gno)
        .toSorted((x, y) => x - y),
    ).toEqual([1, 2, 3, 4, 5, 6]);
    expect(members.map((member) => a.spendable(member))).toEqual([550, 550, 550]);
  });

  it("fills up a branch that draws on a member's first visit there, with the next number", async () => {
    // Forty points are asked for, and from now on B is where the member goes besides A.
    const a = await company.station("A");
    const b = await company.station("B");
    const member = a.createMember(nextNumber());
    a.award(member, 900, { toRight: 500 });
    await a.push();
    expect(expectOk(await b.draw(member, 40))).toEqual({ granted: 40 });
    await b.pull();

    expect(grantsTo(b).map(({ gno }) => gno)).toEqual([1, 2]);
    expect(b.spendable(member)).toBe(200);
  });

  it("does not move small change to a station that has enough", async () => {
    // A redeems 60 of its 500 each time; filling up after every sale would only make traffic.
    const a = await company.station("A");
    const member = a.createMember(nextNumber());
    a.award(member, 900, { toRight: 0 });
    await a.push();
    await a.pull();
    a.redeem(member, 60);
    await a.push();
    await a.pull();
    expect(a.spendable(member)).toBe(440);

    a.redeem(member, 60);
    await a.push();
    await a.pull();
    expect(a.spendable(member)).toBe(500);
  });

  it("answers a draw that was sent twice with the same points", async () => {
    // The reply was lost; the clerk presses again with the same intent.
    const b = await company.station("B");
    const a = await company.station("A");
    const member = a.createMember(nextNumber());
    a.award(member, 900, { toRight: 0 });
    await a.push();
    const drawId = newId({ clock: company.clock, random: randomBytes });

    expect(await b.draw(member, 300, drawId)).toEqual({ ok: true, value: { granted: 300 } });
    expect(await b.draw(member, 300, drawId)).toEqual({ ok: true, value: { granted: 300 } });
    expect(await b.draw(member, 301, drawId)).toMatchObject({ ok: false, error: { code: "REQUEST_ID_REUSED" } });
    await b.pull();
    expect(b.spendable(member)).toBe(300);
    expect(b.row("member", member)).toMatchObject({ memberId: member });
  });

  it("never hands out more than the pool when two counters ask at once", async () => {
    // Two branches, one member on the telephone with both: 400 in the pool, 300 wanted twice, by two processes of head office.
    const a = await company.station("A");
    const b = await company.station("B");
    const member = a.createMember(nextNumber());
    a.award(member, 900, { toRight: 0 });
    await a.push();
    const another = await company.anotherProcess();
    const ask = (station: SimulatedStation, office: Company["office"]) =>
      office.sync.draw(station.token(), {
        drawId: newId({ clock: company.clock, random: randomBytes }),
        replica: station.replica,
        incarnation: station.incarnation,
        memberId: member,
        want: 300,
      });

    const drawn = await Promise.all([ask(a, company.office), ask(b, another)]);

    expect(drawn.map((each) => expectOk(each).granted).toSorted((x, y) => x - y)).toEqual([100, 300]);
    await a.pull();
    expect(a.row("balance", member)).toMatchObject({ balance: 900, pool: 0 });
    expect(await company.office.admin.verify()).toEqual({ ok: true, damaged: [] });
  });

  it("stops granting to a life whose rights are not what the books say, until they are", async () => {
    // The station's database claims 50 points more than it was ever given.
    const a = await company.station("A");
    const member = a.createMember(nextNumber());
    const award = a.award(member, 900, { toRight: 100 });
    await a.push();
    await a.pull();
    const claimed = a.rightsClaim();
    await a.hello({ rights: { ...claimed, sum: "0123456789abcdef" } });

    const state = async () => (await company.office.admin.stations()).find(({ replica }) => replica === a.replica)?.state;
    expect(await state()).toBe("rights_differ");
    expect(await a.draw(member, 50)).toMatchObject({ ok: false, error: { code: "GRANTS_SUSPENDED" } });
    a.redeemLines(member, [{ lotId: award, points: 100 }]);
    await a.push();
    await a.pull();
    expect(grantsTo(a)).toHaveLength(1);

    const b = await company.station("A");
    expect(await b.hello()).toMatchObject({ verdict: "ok" });
    expect((await company.office.admin.stations()).find(({ replica }) => replica === b.replica)?.state).toBe("active");
  });

  it("compares a claim exactly at the point it speaks of", async () => {
    // A grant is on its way, and two operations are not sent yet: neither is a difference.
    const a = await company.station("A");
    const member = a.createMember(nextNumber());
    a.award(member, 900, { toRight: 0 });
    await a.push();
    a.award(member, 30);
    await a.hello();
    await a.push();

    expect((await company.office.admin.stations()).find(({ replica }) => replica === a.replica)?.state).toBe("active");
    await a.pull();
    await a.hello();
    expect((await company.office.admin.stations()).find(({ replica }) => replica === a.replica)?.state).toBe("active");
    expect(a.spendable(member)).toBe(530);
  });
});
