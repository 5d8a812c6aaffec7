import { beforeEach, expect, it } from "vitest";
import { expectOk, type SimulatedStation } from "#test/support/simulated-station.ts";
import { companyWithFences } from "./support/fencing.ts";

const places = companyWithFences();
let a: SimulatedStation;
let b: SimulatedStation;
beforeEach(async () => {
  a = await places.company.station("A");
  b = await places.company.station("B");
});

it("34. a fenced branch that is alive serves on, and what that costs is at most what was shown before the click", async () => {
  const { fence, giveBack, memberAt, seenFenced, company } = places;
  const member = await memberAt(a, 500);
  // The line of A is down; it goes on, since it cannot know.
  a.redeem(member, 300);
  expect(await fence(a)).toMatchObject({ points: 500, members: 1 });
  await b.pull();

  // Nobody may spend what is set aside until somebody gives it back.
  expect(expectOk(await b.draw(member, 500)).granted).toBe(0);
  expect(await giveBack(a)).toEqual({ points: 500, members: 1 });
  expectOk(await b.draw(member, 500));
  await b.pull();
  expect(b.spendable(member)).toBe(500);
  b.redeem(member, 450);
  await b.push();

  // A is heard again: its goods are gone, so its redemption counts. The 50 that are left are B's to spend, so the company pays.
  expect((await a.hello()).verdict).toBe("FENCED");
  expect((await a.push()).results).toMatchObject([{ verdict: "flagged", code: "AFTER_FENCE" }]);
  expect(await seenFenced(a)).toMatchObject({ setAside: { points: 0, members: 0 }, givenBack: 500, lost: 300 });
  expect(await company.office.admin.verify()).toEqual({ ok: true, damaged: [] });
});

it("34. while nothing was given back, a late redemption is charged to what was set aside and costs nobody anything", async () => {
  const { fence, memberAt, seenFenced } = places;
  const member = await memberAt(a, 500);
  a.redeem(member, 120);
  a.award(member, 40);
  await fence(a);
  await a.hello();
  expect((await a.push()).results.map(({ verdict }) => verdict)).toEqual(["applied", "applied"]);
  expect(await seenFenced(a)).toMatchObject({ setAside: { points: 420, members: 1 }, givenBack: 0, lost: 0 });
  await b.draw(member, 1);
  await b.pull();
  expect(b.row("balance", member)).toMatchObject({ balance: 420, setAside: [{ branchId: a.branchId, points: 420 }] });
});

it("34. a redemption that the company paid for, undone by its own branch, gives the points to nobody a second time", async () => {
  const { fence, giveBack, memberAt, seenFenced, company } = places;
  const member = await memberAt(a, 200);
  const redeemed = a.redeem(member, 200) ?? { opId: "", lines: [] };
  await fence(a);
  await giveBack(a);
  expectOk(await b.draw(member, 200));
  await b.pull();
  b.redeem(member, 200);
  await b.push();
  await a.hello();
  await a.push();
  expect((await seenFenced(a)).lost).toBe(200);

  a.voidRedeem(member, redeemed);
  expect((await a.push()).results).toMatchObject([{ verdict: "applied" }]);
  await b.pull();
  expect(b.row("balance", member)?.balance).toBe(0);
  expect((await seenFenced(a)).lost).toBe(0);
  expect(await company.office.admin.verify()).toEqual({ ok: true, damaged: [] });
});
