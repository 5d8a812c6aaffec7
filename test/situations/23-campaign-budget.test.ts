import { expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import { value } from "#test/support/counter.ts";
import { listPublicationsAct, publishRuleAct } from "#shared/contracts/acts/publications.ts";
import { fenceStationAct, giveBackAct, listStationsAct } from "#shared/contracts/acts/stations.ts";
import { businessDateOf } from "#shared/domain/time/business-date.ts";
import { expectOk } from "#test/support/simulated-station.ts";
import { twoBranches } from "./support/two-branches.ts";

const places = twoBranches();

/** A campaign of one point a yuan, published at head office with so many points to give in all, and heard at both counters. */
async function publishCampaign(budgetPoints: number): Promise<string> {
  const { world, everybodyHears } = places;
  const opensOn = businessDateOf(world.timeline.nowMs());
  const campaign = {
    name: { "zh-CN": "店庆", "en-US": "Anniversary" },
    points: 1,
    perFen: 100,
    approval: "none",
    validMonths: 12,
  } as const;
  const asked = { requestId: uuidv7(), ruleId: null, basedOn: null, ...campaign, budgetPoints, opensOn, closesOn: null };
  const { ruleId } = expectOk(await world.admin().act(world.company.administrator, publishRuleAct, asked));
  await everybodyHears();
  return ruleId;
}

const shareAt = (station: typeof places.a, ruleId: string) =>
  station
    .counter()
    .listRules()
    .find((rule) => rule.ruleId === ruleId)?.budgetHere;

it("23. a campaign awards from its counter's share, and gives nothing beyond it, with the reason", async () => {
  const { a, join, award, balanceAt } = places;
  const { memberId } = join(a);
  const held = a.store().read((view) => view.rights.sum());
  const ruleId = await publishCampaign(400);
  expect(shareAt(a, ruleId)).toBe(100);
  // It is no points of anybody, and no purchase earns under it by itself.
  expect(a.store().read((view) => view.rights.sum())).toEqual(held);
  expect(a.counter().listRules()[0]?.ruleId).not.toBe(ruleId);

  expect(value(award(a, memberId, 70, { ruleId }))).toMatchObject({ points: 70, cutByBudget: 0 });
  expect(value(award(a, memberId, 70, { ruleId }))).toMatchObject({ points: 30, cutByBudget: 40 });
  const last = value(award(a, memberId, 70, { ruleId, receiptNumber: "EMPTY" }));
  expect(last).toMatchObject({ points: 0, cutByBudget: 70 });
  expect(balanceAt(a, memberId).balance).toBe(100);
  // The purchase is kept as a cause: its receipt is taken, and the derivation says why it gave nothing.
  expect(award(a, memberId, 70, { receiptNumber: "EMPTY" })).toMatchObject({ ok: false, error: { code: "RECEIPT_USED" } });
  const { lines } = value(a.counter().explain({ memberId, figure: "balance" }));
  expect(lines).toContainEqual(expect.objectContaining({ kind: "budgetUsedUp", points: 0, detail: "EMPTY" }));
});

it("23. what is given is refilled at the next contact, and both counters together never give more than the budget", async () => {
  const { a, b, join, award, everybodyHears } = places;
  const members = [join(a), join(b)];
  const ruleId = await publishCampaign(100);
  let given = 0;
  for (let round = 0; round < 12; round += 1) {
    for (const [i, station] of [a, b].entries()) {
      const { memberId = "" } = members[i] ?? {};
      given += value(award(station, memberId, 17, { ruleId })).points;
      // Sent, and sent again because the answer was lost.
      await station.exchange();
    }
  }
  await everybodyHears();
  expect(given).toBe(100);
  expect([shareAt(a, ruleId), shareAt(b, ruleId)]).toEqual([0, 0]);
});

it("23. a purchase that is undone gives the budget back where it was given, without a line", async () => {
  const { a, join, award } = places;
  const { memberId } = join(a);
  const ruleId = await publishCampaign(80);
  const wrong = value(award(a, memberId, 90, { ruleId }));
  expect([wrong.points, shareAt(a, ruleId)]).toEqual([20, 0]);
  value(a.counter().voidMovement({ requestId: uuidv7(), undoes: wrong.opId, reason: "typed 90 for 9" }, a.clerk));
  expect(shareAt(a, ruleId)).toBe(20);
  expect(value(award(a, memberId, 9, { ruleId })).points).toBe(9);
  await a.exchange();
  expect(places.lastVerdict(a)).toBe("applied");
});

it("23. nothing at all was given, and the purchase can be undone all the same", async () => {
  const { a, join, award } = places;
  const { memberId } = join(a);
  const ruleId = await publishCampaign(4);
  value(award(a, memberId, 1, { ruleId }));
  const nothing = value(award(a, memberId, 5, { ruleId, receiptNumber: "NOTHING" }));
  expect(nothing.points).toBe(0);
  value(a.counter().voidMovement({ requestId: uuidv7(), undoes: nothing.opId, reason: "wrong rule" }, a.clerk));
  expect(value(award(a, memberId, 5, { receiptNumber: "NOTHING" })).points).toBe(5);
  await a.exchange();
  expect(places.lastVerdict(a)).toBe("applied");
});

it("23. the share of a counter that is taken for dead is set aside, and given to the others once it is given back", async () => {
  const { a, b, world, join, award, everybodyHears } = places;
  const { memberId } = join(b);
  const ruleId = await publishCampaign(40);
  expect([shareAt(a, ruleId), shareAt(b, ruleId)]).toEqual([10, 10]);

  const ask = world.admin().act;
  const by = world.company.administrator;
  const listed = async () => expectOk(await ask(by, listStationsAct, {})).stations.find(({ replica }) => replica === a.replica);
  const rights = (await listed())?.rights ?? { points: 0, members: 0 };
  expect(rights.budget).toBeGreaterThanOrEqual(10);
  expectOk(await ask(by, fenceStationAct, { requestId: uuidv7(), replica: a.replica, shown: rights }));
  // It lives, and awards what it has before it knows.
  const late = join(a);
  expect(value(award(a, late.memberId, 4, { ruleId })).points).toBe(4);
  const ended = (await listed())?.ended.at(-1);
  const { incarnation = "", setAside = { points: 0, members: 0 } } = ended ?? {};
  expectOk(await ask(by, giveBackAct, { requestId: uuidv7(), replica: a.replica, incarnation, shown: setAside }));
  await b.exchange();
  let given = 0;
  for (let round = 0; round < 8; round += 1) {
    given += value(award(b, memberId, 20, { ruleId })).points;
    await b.exchange();
  }
  expect(given).toBe(40);
  // What it gave besides was promised in good faith; it costs no more than was given back, and somebody is told.
  await a.exchange();
  expect(a.log().findLast(({ type }) => type === "points.award")).toMatchObject({ state: "flagged", stateCode: "AFTER_FENCE" });
  expect((await listed())?.ended.at(-1)?.lost).toBe(4);
  // Its new life has a share of the next campaign like any other.
  await everybodyHears();
  expect(shareAt(a, await publishCampaign(40))).toBe(10);
});

it("23. what came back in goods goes back to the budget, once nobody can void the purchase any more", async () => {
  const { a, b, world, join, award } = places;
  const { memberId } = join(a);
  const ruleId = await publishCampaign(80);
  value(award(a, memberId, 20, { ruleId, receiptNumber: "BACK" }));
  await a.exchange();
  const left = async () => {
    const { rules } = expectOk(await world.admin().act(world.company.administrator, listPublicationsAct, {}));
    const { inPool = 0, atCounters = 0 } = rules.find((rule) => rule.ruleId === ruleId)?.budgetLeft ?? {};
    return inPool + atCounters;
  };
  const refund = async (amountFen: number) => {
    const asked = { requestId: uuidv7(), receiptNumber: "BACK", amountFen, reason: "goods came back" };
    value(b.counter().askRefund(asked, b.clerk));
    await b.exchange();
  };
  await refund(500);
  expect(await left()).toBe(60);
  world.nextDay();
  await a.exchange();
  await refund(1000);
  expect(await left()).toBe(70);
});
