import { afterAll, beforeAll, expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import { setGiftAct } from "#shared/contracts/acts/stock.ts";
import { refusal, value } from "#test/support/counter.ts";
import { minuteMs } from "#test/support/hand-clock.ts";
import { expectOk } from "#test/support/simulated-station.ts";
import { copiesInMemory } from "#test/sim/stores.ts";
import type { Outpost } from "#test/sim/world/outpost.ts";
import { openWorld, type World } from "#test/sim/world/world.ts";

let world: World;
let counters: readonly Outpost[];

/** Two counters of one branch, at one shelf. */
beforeAll(async () => {
  world = await openWorld({ seed: 21n, branchCodes: ["A", "A"], makeDisk: copiesInMemory().makeDisk });
  counters = world.stations;
  const gift = { requestId: uuidv7(), giftId: "mug", name: { "zh-CN": "马克杯", "en-US": "Mug" }, lowAt: 1 };
  expectOk(await world.admin().act(world.company.administrator, setGiftAct, gift));
  expectOk(await world.publishPlan({ planId: "mug", giftId: "mug" }));
  await everybodyHears();
});
afterAll(() => world.close());

async function everybodyHears(): Promise<void> {
  for (const station of [...counters, ...counters]) await station.exchange();
}

const onShelf = (station: Outpost) =>
  station
    .counter()
    .listStock()
    .find(({ item }) => item.id === "mug");

function memberWithPoints(station: Outpost): string {
  const phones = [`136${world.newCardNumber().slice(-8)}`];
  const { memberId } = value(station.counter().createMember({ requestId: uuidv7(), name: "王小明", phones }, station.clerk));
  value(station.counter().issueCard({ requestId: uuidv7(), memberId, card: { number: world.newCardNumber() } }, station.clerk));
  const purchase = { receiptNumber: uuidv7(), amountFen: 40_000 };
  value(station.counter().award({ requestId: uuidv7(), memberId, purchase, ruleId: "spend", ruleVersion: 1 }, station.clerk));
  return memberId;
}

const redeem = (station: Outpost, by = station.clerk) =>
  station.counter().redeem({ requestId: uuidv7(), memberId: memberWithPoints(station), planId: "mug", planVersion: 1, quantity: 1 }, by);

it("21. of the last gift at two counters the shelf decides: below zero two people hand out, both are booked, and somebody counts", async () => {
  const [one, other] = counters;
  if (!one || !other) throw new Error("two counters were asked for");
  value(one.counter().receiveGifts({ requestId: uuidv7(), giftId: "mug", pieces: 1 }, one.manager));
  await everybodyHears();
  const plan = other
    .counter()
    .listPlans()
    .find(({ planId }) => planId === "mug");
  expect(plan?.shelf).toEqual({ onHand: 1, asOfMs: world.timeline.nowMs() });

  // Neither hears the other, and each hands out what it believes to be the last one.
  value(redeem(one));
  value(redeem(other));
  // The books of this counter have none left: nobody hands out a third alone, not even who may agree to it.
  expect(refusal(redeem(other))).toMatchObject({ code: "GIFT_SHORT", onHand: 0, permission: "gift.hand_out_short" });
  expect(refusal(redeem(other, other.manager))).toMatchObject({ code: "GIFT_SHORT" });
  const withManager = { ...other.clerk, loan: { permission: "gift.hand_out_short" as const, lentBy: other.manager.staffId } };
  value(redeem(other, withManager));

  await everybodyHears();
  for (const station of counters) {
    expect(station.log().filter(({ state }) => state !== "applied")).toEqual([]);
    expect(onShelf(station)).toMatchObject({ onHand: -2, mustBeCounted: true });
  }
  // Whoever counts goes to the shelf after the gifts have left it.
  await world.timeline.advance(minuteMs);
  const counted = { requestId: uuidv7(), item: { kind: "gift" as const, id: "mug" }, counted: 0, expected: -2 };
  value(one.counter().countStock(counted, one.manager));
  await everybodyHears();
  for (const station of counters) expect(onShelf(station)).toMatchObject({ onHand: 0, mustBeCounted: false });
});
