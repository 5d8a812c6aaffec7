import { expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import { value } from "#test/support/counter.ts";
import { expectOk } from "#test/support/simulated-station.ts";
import type { Outpost } from "#test/sim/world/outpost.ts";
import { poolsOf } from "./support/pools.ts";
import { twoBranches } from "./support/two-branches.ts";

const places = twoBranches();
const { makePool, joinPool, leavePool } = poolsOf(places);

/** At home at A, in a pool that gets 30 % of what they earn. */
async function contributor() {
  const { a, join, everybodyHears } = places;
  const poolId = await makePool("三楼");
  const member = join(a);
  await everybodyHears();
  expectOk(await joinPool(poolId, member, 30));
  await everybodyHears();
  return { ...member, poolId };
}

const figuresAt = (station: Outpost, memberId: string) => {
  const { balance, proposed, debt, shared } = places.balanceAt(station, memberId);
  return { balance, proposed, debt, shared: shared?.balance };
};
const approve = (station: Outpost, proposalId: string) =>
  station.ask((counter) => counter.decideProposal({ requestId: uuidv7(), proposalId, decision: "approve", reason: null }, station.manager));
const booksAreWhole = async () => expect(await places.world.admin().verify()).toEqual({ ok: true, damaged: [] });

it("24. a proposal that head office approves gives the pool the share that the award had said", async () => {
  const { a, award, everybodyHears } = places;
  const { memberId, poolId } = await contributor();
  const { opId } = value(award(a, memberId, 101, { ruleId: "large" }));
  await a.exchange();
  expect(figuresAt(a, memberId)).toEqual({ balance: 0, proposed: 101, debt: 0, shared: 0 });
  await approve(a, opId);
  await everybodyHears();
  expect(figuresAt(a, memberId)).toEqual({ balance: 71, proposed: 0, debt: 0, shared: 30 });

  // Whoever has left by then keeps all of it.
  const late = value(award(a, memberId, 100, { ruleId: "large" }));
  await a.exchange();
  expectOk(await leavePool(poolId, { memberId }));
  await approve(a, late.opId);
  await everybodyHears();
  expect(figuresAt(a, memberId)).toEqual({ balance: 201, proposed: 0, debt: 0, shared: undefined });
  await booksAreWhole();
});

it("24. so does one that a second person of the branch approves without a line, as soon as head office hears of it", async () => {
  const { a, award, everybodyHears } = places;
  const { memberId } = await contributor();
  const { opId } = value(award(a, memberId, 50, { ruleId: "branch" }));
  await approve(a, opId);
  await everybodyHears();
  expect(figuresAt(a, memberId)).toEqual({ balance: 35, proposed: 0, debt: 0, shared: 15 });
});

it("24. a purchase kept for an unknown card gives its share when the card is known; one from before the joining does not", async () => {
  const { a, b, world, everybodyHears } = places;
  const keep = (number: string, receiptNumber: string) => {
    const rule = a
      .counter()
      .listRules()
      .find(({ ruleId }) => ruleId === "spend");
    const purchase = { receiptNumber, amountFen: 100_00 };
    const asked = { requestId: uuidv7(), card: { number }, purchase, ruleId: "spend", ruleVersion: rule?.version ?? 0 };
    return value(a.counter().keepPurchase(asked, a.clerk));
  };
  const number = world.newCardNumber();
  keep(number, "POOL-BEFORE");
  await a.exchange();
  world.nextDay();
  const { memberId } = value(b.counter().createMember({ requestId: uuidv7(), name: "李雷", phones: [places.newPhone()] }, b.clerk));
  await everybodyHears();
  const { memberNumber } = places.memberAt(b, memberId);
  expectOk(await joinPool(await makePool("四楼"), { memberNumber }, 30));
  keep(number, "POOL-AFTER");
  await everybodyHears();
  // B has the card in its drawer, and hands it to the member whom A did not know.
  value(b.counter().issueCard({ requestId: uuidv7(), memberId, card: { number } }, b.clerk));
  await everybodyHears();
  expect(figuresAt(b, memberId)).toEqual({ balance: 170, proposed: 0, debt: 0, shared: 30 });
  await booksAreWhole();
});

it("24. what a newer rule gives beyond an award is shared like the award, and is taken back with it", async () => {
  const { a, world, award, everybodyHears } = places;
  const { memberId } = await contributor();
  value(await world.publishRule({ ruleId: "brief", version: 2, points: 3 }));
  const first = value(award(a, memberId, 101, { ruleId: "brief" }));
  await a.exchange();
  // 303 × 30 % = 90.9: 90 in all, of which the award has given 30.
  expect(figuresAt(a, memberId)).toEqual({ balance: 71, proposed: 202, debt: 0, shared: 30 });
  const difference = a
    .counter()
    .listProposals()
    .find((each) => each.memberId === memberId && each.isDifference);
  await approve(a, difference?.proposalId ?? "");
  await everybodyHears();
  expect(figuresAt(a, memberId)).toEqual({ balance: 213, proposed: 0, debt: 0, shared: 90 });

  value(a.counter().voidMovement({ requestId: uuidv7(), undoes: first.opId, reason: "打错了" }, a.clerk));
  await everybodyHears();
  // What A holds of the difference pays the debt as it comes back; all in all nothing is left of the purchase.
  expect(figuresAt(a, memberId)).toMatchObject({ balance: 0, proposed: 0, shared: 0 });
  await booksAreWhole();
});

it("24. points of a pool that lapse while a counter spends others of it are exchanged as a member's are, for whoever gave what was spent", async () => {
  const { a, b, world, join, award, redeem, balanceAt, everybodyHears } = places;
  const poolId = await makePool("五楼");
  const [one, two] = [join(a), join(a)];
  await everybodyHears();
  for (const member of [one, two]) expectOk(await joinPool(poolId, member, 100));
  await everybodyHears();
  value(award(a, one.memberId, 40));
  await everybodyHears();
  // B fetches all that there is, and is alone with it from then on.
  await b.ask((counter) => counter.draw({ requestId: uuidv7(), memberId: two.memberId, points: 40 }));
  value(award(a, two.memberId, 60, { ruleId: "brief" }));
  await a.exchange();
  value(redeem(b, two.memberId, 1));
  world.nextDay(50);
  await world.host.runJobs();
  await everybodyHears();
  await world.host.runJobs();
  await everybodyHears();
  // One ledger would have spent 40 of the 60 that lapsed, so 40 are there again, which last as long as those that were spent.
  expect(balanceAt(a, two.memberId).shared).toMatchObject({ balance: 40 });
  expectOk(await leavePool(poolId, one));
  await everybodyHears();
  expect(balanceAt(a, one.memberId)).toMatchObject({ balance: 40, shared: null });
  expect(balanceAt(a, two.memberId).shared).toMatchObject({ balance: 0 });
  await booksAreWhole();
});
