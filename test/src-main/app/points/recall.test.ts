import { expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import type { Outpost } from "#test/sim/world/outpost.ts";
import { refusal, value } from "#test/support/counter.ts";
import { twoBranches } from "../../../situations/support/two-branches.ts";

const places = twoBranches();

/** A clerk presses the button that fetches what is missing, from wherever it lies. */
async function callBack(station: Outpost, memberId: string, points: number) {
  const drawn = await station.ask((counter) => counter.draw({ requestId: uuidv7(), memberId, points, mayRecall: true }));
  if (!drawn) throw new Error("the power went");
  return value(drawn);
}

it("what lies at another branch is called back for the clerk who needs it, and is shown as on its way", async () => {
  const { a, b, knownAtBoth, redeem, balanceAt, everybodyHears } = places;
  const { memberId } = await knownAtBoth(300);
  expect(balanceAt(b, memberId)).toMatchObject({ balance: 301, atHeadOffice: 0, atOtherBranches: [{ points: 300 }], calledBack: [] });
  expect(refusal(redeem(b, memberId, 2))).toMatchObject({ code: "INSUFFICIENT_POINTS" });

  expect(await callBack(b, memberId, 150)).toMatchObject({ granted: 0, recalled: 150 });
  // Whoever presses again, or another clerk there, asks for nothing twice.
  expect(await callBack(b, memberId, 150)).toMatchObject({ recalled: 150 });
  const [waiting] = balanceAt(b, memberId).calledBack;
  expect(waiting).toMatchObject({ points: 150 });

  await everybodyHears();
  expect(balanceAt(a, memberId)).toMatchObject({ spendableHere: 150, balance: 301 });
  expect(balanceAt(b, memberId)).toMatchObject({ spendableHere: 151, balance: 301, calledBack: [] });
  value(redeem(b, memberId, 1));
});

it("nothing comes back of what was spent there meanwhile, nor of what is on hold, and the answer ends the waiting", async () => {
  const { a, b, knownAtBoth, planAt, redeem, balanceAt, everybodyHears } = places;
  const { memberId } = await knownAtBoth(300);
  const { planId, version, costPoints } = planAt(a);
  expect(await callBack(b, memberId, 300)).toMatchObject({ recalled: 300 });
  // A has not heard of it: it goes on serving from what is its own.
  value(redeem(a, memberId, 1));
  const taker = { kind: "terminal", name: "POS-1" } as const;
  value(a.counter().hold({ requestId: uuidv7(), memberId, planId, planVersion: version, quantity: 1, taker }, a.clerk));
  await everybodyHears();
  expect(balanceAt(a, memberId)).toMatchObject({ spendableHere: 0, held: [{ points: costPoints }] });
  expect(balanceAt(b, memberId)).toMatchObject({
    spendableHere: 301 - 2 * costPoints,
    calledBack: [],
    heldElsewhere: [{ points: costPoints }],
  });
  expect(a.log().map(({ state }) => state)).not.toContain("quarantined");
});

it("a branch that has nothing left says so, and nobody waits for it any longer", async () => {
  const { a, b, knownAtBoth, planAt, redeem, balanceAt, everybodyHears } = places;
  const { memberId } = await knownAtBoth(planAt(a).costPoints);
  await callBack(b, memberId, 50);
  value(redeem(a, memberId, 1));
  await everybodyHears();
  expect(balanceAt(b, memberId)).toMatchObject({ spendableHere: 1, calledBack: [] });
  expect(balanceAt(a, memberId).spendableHere).toBe(0);
});
