import { expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import { refusal, value } from "#test/support/counter.ts";
import { twoBranches } from "./support/two-branches.ts";

const places = twoBranches();

it("6. more than a counter holds is refused with what it holds and where the rest lies, and granted on contact", async () => {
  const { a, b, knownAtBoth, balanceAt, redeem, planAt, everybodyHears } = places;
  const { memberId } = await knownAtBoth(900);
  const { costPoints } = planAt(b);
  const { spendableHere } = balanceAt(b, memberId);
  expect(spendableHere).toBe(200);
  expect(refusal(redeem(b, memberId, 6))).toMatchObject({
    code: "INSUFFICIENT_POINTS",
    costPoints: 6 * costPoints,
    spendableHere,
    balance: 901,
    atHeadOffice: 201,
    lineIsUp: false,
  });
  await b.ask((counter) => counter.draw({ requestId: uuidv7(), memberId, points: 40 }));
  value(redeem(b, memberId, 6));
  await everybodyHears();
  expect(balanceAt(a, memberId).balance).toBe(901 - 6 * costPoints);
});

it("6. the same points cannot be spent at A and at B while both are cut off", async () => {
  const { a, b, knownAtBoth, balanceAt, redeem, planAt, everybodyHears } = places;
  const { memberId } = await knownAtBoth(300);
  const { costPoints } = planAt(a);
  const total = balanceAt(a, memberId).balance ?? 0;
  let spent = 0;
  for (const station of [a, b, a, b]) for (let glass = 0; glass < 20; glass++) if (redeem(station, memberId, 1).ok) spent += costPoints;
  expect(spent).toBeGreaterThan(total - 3 * costPoints);
  expect(spent).toBeLessThanOrEqual(total);
  await everybodyHears();
  expect(balanceAt(a, memberId).balance).toBe(total - spent);
});
