import { uuidv7 } from "uuidv7";
import { describe, expect, it } from "vitest";
import { listTiersAct, publishTiersAct } from "#shared/contracts/acts/tiers.ts";
import type { InputOf } from "#shared/contracts/acts/act-type.ts";
import { lastDayOf } from "#shared/domain/tiers/months.ts";
import { dayNumberOf } from "#shared/domain/time/calendar.ts";
import { expectOk } from "#test/support/simulated-station.ts";
import { value } from "#test/support/counter.ts";
import { officeFor } from "../../situations/support/people.ts";
import { twoBranches } from "../../situations/support/two-branches.ts";

describe("tiers, judged by head office", () => {
  const places = twoBranches();
  const office = officeFor(() => places.world);
  const inBoth = (name: string) => ({ "zh-CN": name, "en-US": name });
  const silver = { tierId: "silver", name: inBoth("Silver"), from: 2000, keep: 1000 };
  const gold = { tierId: "gold", name: inBoth("Gold"), from: 6000, keep: 5000 };

  async function publish(terms: Partial<InputOf<typeof publishTiersAct>> = {}) {
    const { world, a } = places;
    const { administrator } = world.company;
    const { versions } = value(await world.admin().act(administrator, listTiersAct, {}));
    const published = await world.admin().act(administrator, publishTiersAct, {
      requestId: uuidv7(),
      basedOn: versions[0]?.version ?? 0,
      measure: "points",
      window: "calendarYear",
      onMiss: "oneDown",
      tiers: [silver, gold],
      opensOn: a.status().businessDate,
      ...terms,
    });
    await places.everybodyHears();
    return published;
  }

  /** The month is over, and everybody was heard past it. */
  async function monthEnds(run = () => places.world.host.runJobs()): Promise<void> {
    const { world, a, everybodyHears } = places;
    const today = a.status().businessDate;
    world.nextDay(dayNumberOf(lastDayOf(today.slice(0, 7))) - dayNumberOf(today) + 1);
    await everybodyHears();
    await run();
    await everybodyHears();
  }

  const tierOf = (memberId: string) => places.memberAt(places.a, memberId).tier?.name?.["en-US"] ?? null;
  const whyOf = (memberId: string) => value(places.a.counter().explainTier({ memberId }));

  it("are published one version after the other, and never over somebody else's", async () => {
    expectOk(await publish());
    expect(await publish({ basedOn: 0 })).toMatchObject({ ok: false, error: { code: "VERSION_EXISTS" } });
    expect(await publish({ opensOn: "2020-01-01" })).toMatchObject({ ok: false, error: { code: "OPENS_IN_THE_PAST" } });
    expectOk(await publish({ tiers: [gold] }));
    const { versions } = value(await places.world.admin().act(places.world.company.administrator, listTiersAct, {}));
    expect(versions.map(({ version, tiers, publishedBy }) => [version, tiers.length, publishedBy])).toEqual([
      [2, 1, "管理员"],
      [1, 2, "管理员"],
    ]);
  });

  it("are judged once for a month, however often and by how many it is run", async () => {
    const { a, join, award, world } = places;
    expectOk(await publish());
    const { memberId } = join(a);
    value(award(a, memberId, 2000));
    await monthEnds(async () => {
      await Promise.all([world.host.runJobs(), world.host.runJobs()]);
      await world.host.runJobs();
    });
    expect(whyOf(memberId)).toMatchObject({ tier: inBoth("Silver"), measured: 2000, next: { from: 6000 } });
    expect(whyOf(memberId)?.history).toHaveLength(1);
    // A month in which nothing came of it is not told.
    await monthEnds();
    expect(whyOf(memberId)?.history).toHaveLength(1);
  });

  it("of two members who are one the higher counts until the next evaluation, and that counts both", async () => {
    const { a, join, award, everybodyHears } = places;
    const [stays, merged] = [join(a), join(a)];
    value(award(a, stays.memberId, 2000));
    value(award(a, merged.memberId, 6000));
    await monthEnds();
    expect([tierOf(stays.memberId), tierOf(merged.memberId)]).toEqual(["Silver", "Gold"]);
    expectOk(await office.merge(stays, merged));
    await everybodyHears();
    expect(tierOf(stays.memberId)).toBe("Gold");
    expect(a.store().read((view) => view.directory.find(stays.memberId))).toMatchObject({ tier: "gold" });
    // What both earned together is more than either had.
    expectOk(await publish({ tiers: [silver, gold, { tierId: "diamond", name: inBoth("Diamond"), from: 8000, keep: 7000 }] }));
    await monthEnds();
    expect(whyOf(stays.memberId)).toMatchObject({ tier: inBoth("Diamond"), measured: 8000 });
  });

  it("count money over twelve months where the company says so, and a miss costs nothing where it says that", async () => {
    const { a, join, award } = places;
    const spent = (tier: typeof silver) => ({ ...tier, from: tier.from * 100, keep: tier.keep * 100 });
    expectOk(await publish({ measure: "spend", window: "twelveMonths", onMiss: "stay", tiers: [spent(silver), spent(gold)] }));
    const { memberId } = join(a);
    value(award(a, memberId, 2500));
    await monthEnds();
    expect(whyOf(memberId)).toMatchObject({ tier: inBoth("Silver"), measured: 250_000, measure: "spend" });
    for (let month = 0; month < 12; month += 1) await monthEnds();
    expect(whyOf(memberId)).toMatchObject({ tier: inBoth("Silver"), measured: 0 });
    expect(whyOf(memberId)?.history[0]).toMatchObject({ outcome: "stayed" });
  });

  describe("whose purchases earn more", () => {
    const generous = [silver, { ...gold, factorPercent: 150 }];
    const proposals = () => places.a.counter().listProposals();

    /** Of Gold at head office, which B has not heard of. */
    async function goldUnheardAtB() {
      const { a, b, world, join, award, everybodyHears } = places;
      expectOk(await publish({ tiers: generous }));
      const member = join(a);
      await everybodyHears();
      value(award(b, member.memberId, 1));
      value(award(a, member.memberId, 6000));
      const today = a.status().businessDate;
      world.nextDay(dayNumberOf(lastDayOf(today.slice(0, 7))) - dayNumberOf(today) + 1);
      await everybodyHears();
      await world.host.runJobs();
      await a.exchange();
      return member;
    }

    it("says before, in the award and in the explanation what the tier made of it", async () => {
      const { a, award, memberAt, balanceAt } = places;
      const { memberId } = await goldUnheardAtB();
      expect(memberAt(a, memberId).tier).toEqual({ name: inBoth("Gold"), factorPercent: 150, canExplain: true });
      const before = balanceAt(a, memberId).balance ?? 0;
      expect(value(award(a, memberId, 101, { receiptNumber: "GOLD-1" })).points).toBe(151);
      const { lines, total } = value(a.counter().explain({ memberId, figure: "balance" }));
      expect(total).toBe(before + 151);
      expect(lines.find(({ kind }) => kind === "tierFactor")).toMatchObject({
        points: 0,
        detail: "GOLD-1",
        tier: { name: inBoth("Gold"), percent: 150, byRule: 101 },
      });
      await a.exchange();
      expect(places.lastVerdict(a)).toBe("applied");
      expect(balanceAt(a, memberId).balance).toBe(before + 151);
    });

    it("counts offline by the tier that the counter was told; what is missing is proposed, and never added by itself", async () => {
      const { a, b, award, everybodyHears } = places;
      const { memberId } = await goldUnheardAtB();
      expect(value(award(b, memberId, 100)).points).toBe(100);
      await everybodyHears();
      expect(places.lastVerdict(b)).toBe("applied");
      expect(proposals().filter((each) => each.memberId === memberId)).toMatchObject([{ points: 50, isDifference: true, state: "open" }]);
      expect(places.balanceAt(a, memberId)).toMatchObject({ balance: 6101, proposed: 50 });
    });

    it("lets stand what a counter gave by a tier that gives less by now, for somebody to look at", async () => {
      const { a, b, award, everybodyHears } = places;
      const { memberId } = await goldUnheardAtB();
      await everybodyHears();
      expectOk(
        await places.world.admin().act(places.world.company.administrator, publishTiersAct, {
          requestId: uuidv7(),
          basedOn: expectOk(await places.world.admin().act(places.world.company.administrator, listTiersAct, {})).versions[0]?.version ?? 0,
          measure: "points",
          window: "calendarYear",
          onMiss: "oneDown",
          tiers: [silver, { ...gold, factorPercent: 120 }],
          opensOn: a.status().businessDate,
        }),
      );
      expect(value(award(b, memberId, 100)).points).toBe(150);
      await everybodyHears();
      expect(places.lastVerdict(b)).toBe("flagged TIER_GIVES_LESS");
      expect(places.balanceAt(b, memberId).balance).toBe(6151);
    });
  });
});
