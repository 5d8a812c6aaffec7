import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import { assignCardRangeAct, setGiftAct } from "#shared/contracts/acts/stock.ts";
import type { StockItem } from "#shared/domain/stock/stock-move.ts";
import type { Operator } from "#shared/domain/staff/roles.ts";
import { withDatabase } from "#test/support/postgres.ts";
import { cardNumber, refusal, value } from "#test/support/counter.ts";
import { expectOk } from "#test/support/simulated-station.ts";
import { onPostgres } from "#test/sim/world/found-on-postgres.ts";
import type { Outpost } from "#test/sim/world/outpost.ts";
import { openWorld, type World } from "#test/sim/world/world.ts";

const umbrella: StockItem = { kind: "gift", id: "umbrella" };
const names = { "zh-CN": "伞", "en-US": "Umbrella" };

/** Two counters of branch A and one of branch B, on real programs, with a line that is up when a test says so. */
describe("stock of branches that are apart", () => {
  const database = withDatabase();
  let world: World;
  let a1: Outpost;
  let a2: Outpost;
  let b: Outpost;
  let administrator: Operator;

  beforeAll(async () => {
    world = await openWorld({ seed: 1n, branchCodes: ["A", "A", "B"], makeDisk: onPostgres(database) });
    const [first, second, third] = world.stations;
    if (!first || !second || !third) throw new Error("three stations were asked for");
    [a1, a2, b] = [first, second, third];
    administrator = world.company.administrator;
    const admin = world.admin();
    expectOk(await admin.act(administrator, setGiftAct, { requestId: uuidv7(), giftId: "umbrella", name: names, lowAt: 2 }));
    expectOk(await world.publishPlan({ planId: "umbrella", giftId: "umbrella" }));
    await everybodyHears();
  });
  afterAll(() => world.close());

  async function everybodyHears(): Promise<void> {
    for (const station of [a1, a2, b, a1, a2, b]) await station.exchange();
    expect(world.host.incidents).toEqual([]);
  }
  const assign = (branch: string, first: number, last: number) =>
    world.admin().act(administrator, assignCardRangeAct, {
      requestId: uuidv7(),
      branch,
      cardKind: "ordinary",
      first: cardNumber(first),
      last: cardNumber(last),
      lowAt: 5,
    });
  const line = (station: Outpost, { id } = umbrella) =>
    station
      .counter()
      .listStock()
      .find(({ item }) => item.id === id);
  const receive = (station: Outpost, pieces: number) =>
    value(station.counter().receiveGifts({ requestId: uuidv7(), giftId: "umbrella", pieces }, station.manager));
  const count = (station: Outpost, counted: number) =>
    value(
      station.counter().countStock({ requestId: uuidv7(), item: umbrella, counted, expected: line(station)?.onHand ?? 0 }, station.manager),
    );
  const headOfficeSays = async (branch: string) =>
    (await world.admin().stock()).find((each) => each.branch === branch && each.giftId === "umbrella");
  const lastVerdict = (station: Outpost): string => {
    const { state, stateCode } = station.log().at(-1) ?? {};
    return `${state} ${stateCode ?? ""}`.trim();
  };

  async function memberWithPoints(station: Outpost): Promise<string> {
    const { memberId } = value(
      station
        .counter()
        .createMember({ requestId: uuidv7(), name: "王小明", phones: [`139${Math.random().toFixed(8).slice(2)}`] }, station.clerk),
    );
    value(station.counter().issueCard({ requestId: uuidv7(), memberId, card: { number: world.newCardNumber() } }, station.clerk));
    const purchase = { receiptNumber: uuidv7(), amountFen: 40_000 };
    value(station.counter().award({ requestId: uuidv7(), memberId, purchase, ruleId: "spend", ruleVersion: 1 }, station.clerk));
    return memberId;
  }
  const redeem = (station: Outpost, memberId: string) =>
    station.counter().redeem({ requestId: uuidv7(), memberId, planId: "umbrella", planVersion: 1, quantity: 1 }, station.clerk);

  it("the last gift handed out at two counters is booked twice, and both are told to count", async () => {
    receive(a1, 1);
    await everybodyHears();
    const [one, other] = [await memberWithPoints(a1), await memberWithPoints(a2)];
    value(redeem(a1, one));
    value(redeem(a2, other));
    expect([line(a1)?.onHand, line(a2)?.onHand]).toEqual([0, 0]);

    await everybodyHears();
    expect([lastVerdict(a1), lastVerdict(a2)]).toEqual(["applied", "applied"]);
    for (const station of [a1, a2]) expect(line(station)).toMatchObject({ onHand: -1, mustBeCounted: true });
    expect(await headOfficeSays("A")).toEqual({ branch: "A", giftId: "umbrella", onHand: -1, mustBeCounted: true });
    expect(line(b)).toMatchObject({ onHand: 0, mustBeCounted: false });
  });

  it("what two people counted on one shelf while apart is taken once", async () => {
    receive(a1, 11);
    await everybodyHears();
    count(a1, 9);
    count(a2, 9);
    await everybodyHears();
    for (const station of [a1, a2]) expect(line(station)).toMatchObject({ onHand: 9, mustBeCounted: false });
    expect(await headOfficeSays("A")).toMatchObject({ onHand: 9, mustBeCounted: false });
  });

  it("a gift that came back with its points is back on the shelf everywhere", async () => {
    const { opId } = value(redeem(a2, await memberWithPoints(a2)));
    await everybodyHears();
    expect(line(a1)?.onHand).toBe(8);
    value(a2.counter().voidMovement({ requestId: uuidv7(), undoes: opId, reason: "changed their mind" }, a2.clerk));
    await everybodyHears();
    expect(line(a1)?.onHand).toBe(9);
    expect(await headOfficeSays("A")).toMatchObject({ onHand: 9 });
  });

  it("a parcel is on its way until it is taken in, and two counters that take it in have taken in one", async () => {
    receive(b, 6);
    value(b.counter().sendGifts({ requestId: uuidv7(), giftId: "umbrella", pieces: 4, toBranchId: a1.branchId }, b.manager));
    await everybodyHears();
    expect(line(b)?.onHand).toBe(2);
    const [parcel] = line(a2)?.parcels ?? [];
    expect(parcel).toMatchObject({ pieces: 4, fromBranch: "分店B" });
    const takeIn = (station: Outpost) =>
      station.counter().takeInParcel({ requestId: uuidv7(), sentMoveId: parcel?.sentMoveId ?? "", pieces: 4 }, station.manager);
    value(takeIn(a1));
    expect(line(a1)?.parcels).toEqual([]);
    expect(refusal(takeIn(a1))).toEqual({ code: "PARCEL_NOT_FOUND" });
    value(takeIn(a2));
    await everybodyHears();
    for (const station of [a1, a2]) expect(line(station)).toMatchObject({ onHand: 13, parcels: [] });
    expect([await headOfficeSays("A"), await headOfficeSays("B")]).toMatchObject([{ onHand: 13 }, { onHand: 2 }]);
  });

  it("blank cards go where head office sends them, and every counter knows whose they are", async () => {
    expect(await assign("A", 9001, 9100)).toMatchObject({ ok: true, value: { cards: 100 } });
    expect(await assign("B", 9100, 9200)).toMatchObject({ ok: false, error: { code: "RANGE_OVERLAPS", data: { branch: "分店A" } } });
    expectOk(await assign("B", 9101, 9200));
    await everybodyHears();
    const span = { first: { number: cardNumber(9001) }, last: { number: cardNumber(9100) } };
    value(a1.counter().receiveCards({ requestId: uuidv7(), ...span }, a1.manager));
    await everybodyHears();
    expect(line(a2, { kind: "card", id: "ordinary" })?.onHand).toBe(100);

    const bare = value(a2.counter().createMember({ requestId: uuidv7(), name: "李四", phones: ["13700000001"] }, a2.clerk));
    const issue = (n: number) =>
      a2.counter().issueCard({ requestId: uuidv7(), memberId: bare.memberId, card: { number: cardNumber(n) } }, a2.clerk);
    expect(refusal(issue(9150))).toEqual({ code: "CARD_OF_OTHER_BRANCH", branch: "分店B" });
    value(issue(9007));
    await everybodyHears();
    expect(line(a1, { kind: "card", id: "ordinary" })?.onHand).toBe(99);
  });

  it("a card that was handed out before head office gave its number to another branch stays, and somebody looks", async () => {
    const member = value(b.counter().createMember({ requestId: uuidv7(), name: "赵六", phones: ["13700000002"] }, b.clerk));
    const number = cardNumber(9150);
    value(b.counter().issueCard({ requestId: uuidv7(), memberId: member.memberId, card: { number } }, b.clerk));
    expectOk(await assign("A", 9101, 9200));
    await everybodyHears();
    expect(lastVerdict(b)).toBe("flagged CARD_OF_OTHER_BRANCH");
    expect(value(b.counter().getMember({ memberId: member.memberId })).card).toMatchObject({ state: "active", last4: number.slice(-4) });
  });

  it("a card that went to the wrong person is void everywhere, and both people get one of their own", async () => {
    const [one, other] = ["周七", "吴八"].map((name, i) =>
      value(a1.counter().createMember({ requestId: uuidv7(), name, phones: [`1370000001${i}`] }, a1.clerk)),
    );
    if (!one || !other) throw new Error("two people were asked for");
    const waiting = (station: Outpost) =>
      station
        .counter()
        .listWaiting()
        .members.map(({ memberId }) => memberId);
    expect(waiting(a1)).toEqual([one.memberId, other.memberId]);
    const issue = (memberId: string, n: number) => {
      const requestId = uuidv7();
      value(a1.counter().issueCard({ requestId, memberId, card: { number: cardNumber(n) } }, a1.clerk));
      return requestId;
    };
    const mistake = issue(one.memberId, 9010);
    value(a1.counter().undoIssue({ requestId: uuidv7(), undoes: mistake }, a1.clerk));
    issue(one.memberId, 9011);
    await everybodyHears();
    expect(lastVerdict(a1)).toBe("applied");
    expect(waiting(a2)).toEqual([other.memberId]);
    const cardsOf = (station: Outpost) => station.store().read((view) => view.cards.ofMember(one.memberId));
    expect(cardsOf(a2).map(({ cardNumber: number, state, blockedReason }) => [number, state, blockedReason])).toEqual([
      [cardNumber(9011), "active", null],
      [cardNumber(9010), "blocked", "misissued"],
    ]);
  });
});
