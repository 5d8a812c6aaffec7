import { expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import { value } from "#test/support/counter.ts";
import { twoBranches } from "./support/two-branches.ts";

const places = twoBranches();

it("14. a member who owes points without B knowing is served from B's rights, and the next points that reach head office repay", async () => {
  const { a, b, knownAtBoth, award, redeem, balanceAt, everybodyHears } = places;
  const { memberId } = await knownAtBoth(90);
  value(award(b, memberId, 99));
  await everybodyHears();
  const earned = value(award(a, memberId, 400));
  for (let glass = 0; glass < 10; glass++) value(redeem(a, memberId, 1));
  value(a.counter().voidMovement({ requestId: uuidv7(), undoes: earned.opId, reason: "wrong amount" }, a.clerk));
  await a.exchange();
  const { debt } = balanceAt(a, memberId);
  expect(debt).toBeGreaterThan(0);

  value(redeem(b, memberId, 1));
  await b.exchange();
  expect(b.log().at(-1)).toMatchObject({ type: "points.redeem", state: "applied" });
  expect(balanceAt(b, memberId).debt).toBe(debt);

  value(award(b, memberId, 500));
  await everybodyHears();
  expect(balanceAt(a, memberId).debt).toBeLessThan(debt);
});
