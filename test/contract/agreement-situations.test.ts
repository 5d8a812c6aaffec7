import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import type { MemberCard } from "#shared/contracts/members.ts";
import { dayMs, minuteMs } from "#test/support/hand-clock.ts";
import { withDatabase } from "#test/support/postgres.ts";
import { cardNumber, refusal, value } from "#test/support/counter.ts";
import { checkAgreement } from "#test/support/agreement/agreement.ts";
import type { Outpost } from "#test/support/agreement/outpost.ts";
import { openWorld, type World } from "#test/support/agreement/world.ts";

/** What people live through when places are apart: real stations, a real head office, and a line that is up when a test says so. */
describe("when places are apart", () => {
  const database = withDatabase();
  let world: World;
  let a: Outpost;
  let b: Outpost;
  let phones = 0;
  let receipts = 0;

  beforeAll(async () => {
    world = await openWorld(database.url, 1, ["A", "B"]);
    const [first, second] = world.stations;
    if (!first || !second) throw new Error("two stations were asked for");
    a = first;
    b = second;
  });
  afterAll(() => world.close());

  /** A person whom a branch enters, with a card. */
  function join(station: Outpost, phone = `137${String(++phones).padStart(8, "0")}`): MemberCard {
    const { memberId } = value(station.counter().createMember({ requestId: uuidv7(), name: "王小明", phones: [phone] }, station.clerk));
    return value(station.counter().issueCard({ requestId: uuidv7(), memberId, card: { number: world.newCardNumber() } }, station.clerk));
  }
  const award = (station: Outpost, memberId: string, points: number, said: { ruleId?: string; receiptNumber?: string } = {}) =>
    value(
      station.counter().award(
        {
          requestId: uuidv7(),
          memberId,
          purchase: { receiptNumber: said.receiptNumber ?? `S${++receipts}`, amountFen: points * 100 },
          ruleId: said.ruleId ?? "spend",
          ruleVersion:
            station
              .counter()
              .listRules()
              .find(({ ruleId }) => ruleId === (said.ruleId ?? "spend"))?.version ?? 0,
        },
        station.clerk,
      ),
    );
  const redeem = (station: Outpost, memberId: string, quantity: number, planVersion = planAt(station).version) =>
    station.counter().redeem({ requestId: uuidv7(), memberId, planId: "tea", planVersion, quantity }, station.clerk);
  const planAt = (station: Outpost) => {
    const [plan] = station.counter().listPlans();
    if (!plan) throw new Error("no plan has arrived");
    return plan;
  };
  const balanceAt = (station: Outpost, memberId: string) => value(station.counter().balance({ memberId }));
  /** What head office said of a station's last operation. */
  const lastVerdict = (station: Outpost): string => {
    const { state, stateCode } = station.log().at(-1) ?? {};
    return `${state} ${stateCode ?? ""}`.trim();
  };
  async function everybodyHears(): Promise<void> {
    for (const station of [a, b, a, b]) await station.exchange();
    for (const { memberId } of members) expect(balanceAt(a, memberId).balance).toBe(balanceAt(b, memberId).balance);
  }
  /** Who is known at both branches. */
  const members: MemberCard[] = [];
  /** At home at A and known at B, which served them once. */
  async function knownAtBoth(points: number): Promise<string> {
    const member = join(a);
    award(a, member.memberId, points);
    await a.exchange();
    await b.exchange();
    award(b, member.memberId, 1);
    await everybodyHears();
    members.push(member);
    return member.memberId;
  }

  it("points earned without a line can be spent at once up to what a counter may hold, the rest lies at head office", async () => {
    const { memberId } = join(a);
    expect(award(a, memberId, 60).member.balance).toMatchObject({ balance: 60, spendableHere: 60 });
    expect(award(a, memberId, 700).member.balance).toMatchObject({ balance: 760, spendableHere: 500, atHeadOffice: 260 });
    await everybodyHears();
    expect(lastVerdict(a)).toBe("applied");
    expect(balanceAt(a, memberId)).toMatchObject({ balance: 760, spendableHere: 500, atHeadOffice: 260 });
  });

  it("points under a rule with approval are proposed, and there after head office decided", async () => {
    const { memberId } = join(a);
    const proposed = award(a, memberId, 60, { ruleId: "large" });
    expect(proposed.member.balance).toMatchObject({ balance: 0, spendableHere: 0, proposed: 60 });
    await a.exchange();
    await a.ask((counter) =>
      counter.decideProposal({ requestId: uuidv7(), proposalId: proposed.opId, decision: "approve", reason: null }, a.manager),
    );
    expect(balanceAt(a, memberId)).toMatchObject({ balance: 60, spendableHere: 60, proposed: 0 });
  });

  it("a member of another branch is served masked without a balance, and known whole once head office has heard", async () => {
    const home = join(a);
    await a.exchange();
    await b.exchange();
    const before = value(b.counter().getMember({ memberId: home.memberId }));
    expect(before).toMatchObject({ knownAs: "directory", name: "王**", phonesMasked: [], balance: { balance: null, asOfMs: null } });
    const { member } = award(b, home.memberId, 260);
    expect(member.balance).toMatchObject({ balance: null, spendableHere: 200 });
    await b.exchange();
    expect(value(b.counter().getMember({ memberId: home.memberId }))).toMatchObject({
      knownAs: "workingSet",
      name: "王小明",
      balance: { balance: 260 },
    });
  });

  it("more than a counter holds is refused with what it holds and where the rest lies, and comes when the line does", async () => {
    const memberId = await knownAtBoth(900);
    const plan = planAt(b);
    const { spendableHere } = balanceAt(b, memberId);
    expect(spendableHere).toBe(200);
    const refused = refusal(redeem(b, memberId, 6));
    expect(refused).toMatchObject({
      code: "INSUFFICIENT_POINTS",
      costPoints: 6 * plan.costPoints,
      spendableHere,
      balance: 901,
      atHeadOffice: 201,
      lineIsUp: false,
    });
    await b.ask((counter) => counter.draw({ requestId: uuidv7(), memberId, points: 40 }));
    value(redeem(b, memberId, 6));
    await everybodyHears();
    expect(balanceAt(a, memberId).balance).toBe(901 - 6 * plan.costPoints);
  });

  it("the same points cannot be spent at A and at B while both are cut off", async () => {
    const memberId = await knownAtBoth(300);
    const plan = planAt(a);
    const total = balanceAt(a, memberId).balance ?? 0;
    let spent = 0;
    for (const station of [a, b, a, b])
      for (let glass = 0; glass < 20; glass++) if (redeem(station, memberId, 1).ok) spent += plan.costPoints;
    expect(spent).toBeGreaterThan(total - 3 * plan.costPoints);
    expect(spent).toBeLessThanOrEqual(total);
    await everybodyHears();
    expect(balanceAt(a, memberId).balance).toBe(total - spent);
  });

  it("points past their last day are not spent, and given back with the next exchange", async () => {
    const { memberId } = join(a);
    award(a, memberId, 80, { ruleId: "brief" });
    await a.exchange();
    world.nextDay(40);
    expect(balanceAt(a, memberId)).toMatchObject({ balance: 80, spendableHere: 0 });
    expect(refusal(redeem(a, memberId, 1))).toMatchObject({ code: "INSUFFICIENT_POINTS", spendableHere: 0 });
    expect(a.log().at(-1)?.type).toBe("points.award");
    await a.exchange();
    expect(a.log().at(-1)).toMatchObject({ type: "rights.release", state: "applied" });
    expect(await world.books.rightsOf(a.incarnation)).not.toHaveProperty(a.log().at(-2)?.opId ?? "");
    expect(balanceAt(a, memberId)).toMatchObject({ balance: 80, spendableHere: 0 });
  });

  it("a counter whose clock ran ahead says so, gives nothing back by it, and what it awards is looked at", async () => {
    const { memberId } = join(a);
    award(a, memberId, 80, { ruleId: "brief" });
    await a.exchange();
    a.setClockOff(60 * dayMs);
    expect(a.status().clock).toMatchObject({ isInDoubt: true, offByMs: 60 * dayMs });
    award(a, memberId, 10);
    await a.exchange();
    expect(a.log().at(-1)).toMatchObject({ type: "points.award", state: "flagged", stateCode: "DATE_DIFFERS" });
    a.setClockOff(0);
    expect(a.status().clock.isInDoubt).toBe(false);
    expect(balanceAt(a, memberId)).toMatchObject({ balance: 90, spendableHere: 90 });
  });

  it("a counter whose clock was set back does not spend lapsed points while it runs, and with an empty battery is looked at", async () => {
    const { memberId } = join(a);
    award(a, memberId, 80, { ruleId: "brief" });
    await a.exchange();
    world.nextDay(40);
    a.setClockOff(-41 * dayMs);
    expect(refusal(redeem(a, memberId, 1))).toMatchObject({ code: "INSUFFICIENT_POINTS", spendableHere: 0 });
    await a.restart();
    expect(a.status().clock.isInDoubt).toBe(true);
    value(redeem(a, memberId, 1));
    await a.exchange();
    expect(a.log().at(-1)).toMatchObject({ type: "points.redeem", state: "flagged", stateCode: "CLOCK_DOUBT" });
    a.setClockOff(0);
    await a.exchange();
    expect(a.log().at(-1)).toMatchObject({ type: "rights.release", state: "applied" });
  });

  it("what A did cannot be undone at B", async () => {
    const memberId = await knownAtBoth(100);
    const { opId } = value(redeem(a, memberId, 1));
    await everybodyHears();
    const asked = { requestId: uuidv7(), undoes: opId, reason: "typed twice" };
    expect(refusal(b.counter().voidMovement(asked, b.clerk))).toEqual({ code: "OPERATION_NOT_FOUND" });
    value(a.counter().voidMovement({ ...asked, requestId: uuidv7() }, a.clerk));
  });

  it("a card blocked at A is still served at B, which had not heard, from what B holds, and somebody shall look", async () => {
    const memberId = await knownAtBoth(900);
    value(a.counter().blockCard({ requestId: uuidv7(), memberId, reason: "stolen" }, a.manager));
    await a.exchange();
    // A's clock ran ahead once: its edits are believed to be up to five minutes later than they were heard.
    world.clock.advance(10 * minuteMs);
    value(redeem(b, memberId, 1));
    await b.exchange();
    expect(lastVerdict(b)).toBe("flagged AFTER_BLOCK");
    expect(refusal(redeem(b, memberId, 1))).toEqual({ code: "CARD_BLOCKED" });
  });

  it("one person who joins at A and at B is two members, each with points of their own", async () => {
    const phone = "13600000001";
    const [atA, atB] = [join(a, phone), join(b, phone)];
    award(a, atA.memberId, 50);
    award(b, atB.memberId, 70);
    await everybodyHears();
    expect(atA.memberNumber).not.toBe(atB.memberNumber);
    expect([balanceAt(a, atA.memberId).balance, balanceAt(b, atB.memberId).balance]).toEqual([50, 70]);
    expect([lastVerdict(a), lastVerdict(b)]).toEqual(["applied", "applied"]);
  });

  it("an award by a rule that gives less by now stands, and somebody shall look", async () => {
    const { memberId } = join(a);
    await a.exchange();
    value(await world.publishRule({ ruleId: "brief", version: 2, points: 2 }));
    await a.exchange();
    value(await world.publishRule({ ruleId: "brief", version: 3, points: 1 }));
    expect(award(a, memberId, 30, { ruleId: "brief" }).points).toBe(60);
    await a.exchange();
    expect(lastVerdict(a)).toBe("flagged RULE_GIVES_LESS");
    expect(balanceAt(a, memberId).balance).toBe(60);
  });

  it("a price that changed between opening and confirming is shown again, and nothing is written", async () => {
    const memberId = await knownAtBoth(900);
    const shown = planAt(a);
    value(await world.publishPlan({ version: shown.version + 1, costPoints: shown.costPoints + 5 }));
    await a.exchange();
    const before = a.log().length;
    expect(refusal(redeem(a, memberId, 1, shown.version))).toMatchObject({ code: "PLAN_CHANGED", costPoints: shown.costPoints + 5 });
    expect(a.log()).toHaveLength(before);
    // B has not heard: the price on its screen is the price.
    expect(value(redeem(b, memberId, 1, shown.version)).points).toBe(-shown.costPoints);
    await b.exchange();
    expect(lastVerdict(b)).toBe("applied");
  });

  it("what somebody did who was switched off meanwhile stands, and somebody shall look", async () => {
    const { memberId } = join(a);
    await a.exchange();
    const switchClerk = (isActive: boolean) =>
      world.company.database.query(`update record set doc = doc || $2::jsonb where kind = 'staff' and id = $1`, [
        a.clerk.staffId,
        JSON.stringify({ isActive }),
      ]);
    await switchClerk(false);
    award(a, memberId, 15);
    await a.exchange();
    await switchClerk(true);
    expect(lastVerdict(a)).toBe("flagged STAFF_INACTIVE");
    expect(balanceAt(a, memberId).balance).toBe(15);
  });

  it("the same receipt at two counters earns at both, and somebody shall look at the second; at one counter it is refused", async () => {
    const [atA, atB] = [join(a), join(b)];
    award(a, atA.memberId, 40, { receiptNumber: "T-2026-0001" });
    award(b, atB.memberId, 40, { receiptNumber: "T-2026-0001" });
    await everybodyHears();
    expect([lastVerdict(a), lastVerdict(b)]).toEqual(["applied", "flagged RECEIPT_ELSEWHERE"]);
    expect(balanceAt(b, atB.memberId).balance).toBe(40);
    expect(() => award(a, atA.memberId, 40, { receiptNumber: "T-2026-0001" })).toThrow("RECEIPT_USED");
  });

  it("two drawers with the same blank card leave one member without a card, and no points waiting", async () => {
    const number = cardNumber(5_000);
    const [atA, atB] = [a, b].map((station) =>
      value(
        station
          .counter()
          .createMember({ requestId: uuidv7(), name: "李雷", phones: [`135${++receipts}0000000`.slice(0, 11)] }, station.clerk),
      ),
    );
    if (!atA || !atB) throw new Error("two members were asked for");
    for (const [station, { memberId }] of [
      [a, atA],
      [b, atB],
    ] as const)
      value(station.counter().issueCard({ requestId: uuidv7(), memberId, card: { number } }, station.clerk));
    award(b, atB.memberId, 80);
    value(b.counter().blockCard({ requestId: uuidv7(), memberId: atB.memberId, reason: "lost" }, b.manager));
    await everybodyHears();
    expect(
      b
        .log()
        .slice(-3)
        .map(({ stateCode }) => stateCode),
    ).toEqual(["CARD_TAKEN", null, "CARD_NOT_THEIRS"]);
    expect(value(b.counter().getMember({ memberId: atB.memberId }))).toMatchObject({ card: null, balance: { balance: 80 } });
    expect(value(a.counter().getMember({ memberId: atA.memberId })).card).toMatchObject({ state: "active" });
  });

  it("leaves books that everybody agrees on", async () => {
    await everybodyHears();
    await expect(checkAgreement(world)).resolves.toBeUndefined();
  });
});
