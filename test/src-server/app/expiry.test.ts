import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openCompany, type Company } from "#test/support/company.ts";
import { dayMs } from "#test/support/hand-clock.ts";
import { withDatabase } from "#test/support/postgres.ts";
import type { SimulatedStation } from "#test/support/simulated-station.ts";
import { addDays } from "#shared/domain/time/calendar.ts";

describe("points whose last day is over", () => {
  const database = withDatabase();
  let company: Company;
  let a: SimulatedStation;
  let b: SimulatedStation;
  let numbers = 0;
  beforeAll(async () => {
    company = await openCompany(database.url);
    a = await company.station("A");
    b = await company.station("B");
  });
  afterAll(() => company.close());

  async function newMember(): Promise<string> {
    const memberId = a.createMember(String(81_000_000_000 + ++numbers));
    await a.push();
    return memberId;
  }
  const inDays = (days: number): string => addDays(company.clock.today(), days);

  async function speak(...stations: readonly SimulatedStation[]): Promise<void> {
    for (const station of stations) {
      await station.hello();
      if (station.operations.length > station.acknowledged()) await station.push();
      await station.pull();
    }
  }

  /** So many days later, when these have given back what lapsed and said that there is nothing else. */
  async function later(days: number, memberId: string, ...heard: readonly SimulatedStation[]) {
    company.clock.advance(days * dayMs);
    for (const station of heard) station.release(memberId);
    await speak(...heard);
    return (await company.office.runJobs()).expiry;
  }

  /** What a member has, by last day, and what became of what lapsed. */
  async function figures(memberId: string) {
    await a.pull();
    const { lots = [], lapses = [] } = a.row("balance", memberId) ?? {};
    return {
      lots: lots.map(({ expiresOn, points }) => `${points} until ${expiresOn}`).toSorted(),
      lapses: lapses
        .filter(({ points, withdrawn }) => points > withdrawn)
        .map(({ what, points, withdrawn }) => `${what} ${points - withdrawn}`),
    };
  }

  /** Points of a lot by what became of them. */
  async function whereIs(lotId: string): Promise<Record<string, number>> {
    const { rows } = await company.database.query<{ holder: string; amount: number }>(
      `select split_part(holder, ':', 1) as holder, sum(amount)::int as amount from account where lot_id = $1 and amount > 0 group by 1`,
      [lotId],
    );
    return Object.fromEntries(rows.map(({ holder, amount }) => [holder, amount]));
  }

  it("expire once everybody was heard past it, whoever runs it and how often", async () => {
    const memberId = await newMember();
    const lotId = a.award(memberId, 100, { expiresOn: inDays(3), toRight: 0 });
    await speak(a, b);
    await later(3, memberId, a, b);
    expect(await whereIs(lotId)).toEqual({ RIGHT: 100 });
    company.clock.advance(dayMs);
    a.release(memberId);
    await speak(a);
    await company.office.runJobs();
    // B may have spent of it yesterday.
    expect(await whereIs(lotId)).toEqual({ POOL: 100 });
    await speak(b);
    const another = await company.anotherProcess();
    await Promise.all([company.office.runJobs(), another.runJobs(), company.office.runJobs()]);
    await company.office.runJobs();
    expect(await whereIs(lotId)).toEqual({ EXPIRED: 100 });
    expect(await figures(memberId)).toEqual({ lots: [], lapses: ["expired 100"] });
  });

  it("expire two weeks later without a branch that is silent, and the line says so", async () => {
    const memberId = await newMember();
    const lotId = a.award(memberId, 100, { expiresOn: inDays(1), toRight: 0 });
    await speak(a, b);
    await later(15, memberId, a);
    expect(await whereIs(lotId)).toEqual({ POOL: 100 });
    expect(await later(1, memberId, a)).toMatchObject({ without: [b.replica] });
    expect(await whereIs(lotId)).toEqual({ EXPIRED: 100 });
    await a.pull();
    expect(a.row("balance", memberId)?.lapses).toMatchObject([{ what: "expired", points: 100, without: [b.branchId] }]);
    await speak(b);
  });

  it("are given back for later ones where a branch spent those meanwhile, to the point", async () => {
    const memberId = await newMember();
    const early = a.award(memberId, 100, { expiresOn: inDays(5), toRight: 0 });
    const late = b.award(memberId, 70, { expiresOn: inDays(60) });
    const lasts = inDays(60);
    expect(b.redeem(memberId, 70)?.lines).toEqual([{ lotId: late, points: 70 }]);
    await speak(a, b);
    await later(6, memberId, a, b);
    expect(await whereIs(early)).toEqual({ EXPIRED: 100 });
    expect(await figures(memberId)).toEqual({ lots: [`70 until ${lasts}`], lapses: ["exchanged 70", "expired 100"] });
    // What was given has its own last day, and nobody spent anything since.
    await later(70, memberId, a, b);
    expect(await figures(memberId)).toEqual({ lots: [], lapses: ["expired 70", "exchanged 70", "expired 100"] });
  });

  it("are not given back for a spend that is undone later", async () => {
    const memberId = await newMember();
    // Both counters hold as much as they may, so what is given in exchange stays at head office.
    a.award(memberId, 1200, { toRight: 500 });
    b.award(memberId, 1);
    await speak(a, b, a, b);
    a.award(memberId, 100, { expiresOn: inDays(5), toRight: 0 });
    b.award(memberId, 70, { expiresOn: inDays(60) });
    const lasts = inDays(60);
    const redeemed = b.redeem(memberId, 70);
    await speak(a, b);
    await later(6, memberId, a, b);
    expect(await figures(memberId)).toMatchObject({ lapses: ["exchanged 70", "expired 100"] });
    if (!redeemed) throw new Error("B had 70 points");
    b.voidRedeem(memberId, redeemed);
    await speak(b);
    await company.office.runJobs();
    expect(await figures(memberId)).toEqual({ lots: ["1 until null", "1200 until null", `70 until ${lasts}`], lapses: ["expired 100"] });
  });

  it("that were given for an undone spend are the company's loss as far as they were spent, and end with their day", async () => {
    const memberId = await newMember();
    a.award(memberId, 100, { expiresOn: inDays(5), toRight: 0 });
    b.award(memberId, 70, { expiresOn: inDays(60) });
    const lasts = inDays(60);
    const redeemed = b.redeem(memberId, 70);
    await speak(a, b);
    await later(6, memberId, a, b);
    await a.pull();
    a.redeem(memberId, 50);
    if (!redeemed) throw new Error("B had 70 points");
    b.voidRedeem(memberId, redeemed);
    await speak(b, a);
    await company.office.runJobs();
    // Twenty lie with A, which may be spending them now.
    expect(await figures(memberId)).toEqual({ lots: [`20 until ${lasts}`, `70 until ${lasts}`], lapses: ["exchanged 20", "expired 100"] });
    const { rows } = await company.database.query(
      `select sum(amount)::int as amount from account where member_id = '00000000-0000-0000-0000-000000000000' and holder = 'REDEEMED'`,
    );
    expect(rows).toEqual([{ amount: 50 }]);
    await later(70, memberId, a, b);
    expect(await figures(memberId)).toEqual({ lots: [], lapses: ["expired 70", "expired 100"] });
  });

  it("leave books that hold, whatever became of them", async () => {
    expect(await company.office.admin.verify()).toEqual({ ok: true, damaged: [] });
  });
});
