import { afterEach, expect, it } from "vitest";
import { value } from "#test/support/counter.ts";
import { dayMs } from "#test/support/hand-clock.ts";
import { twoBranches } from "./support/two-branches.ts";

const places = twoBranches();
afterEach(() => places.a.setClockOff(0));

it("8. a counter whose clock ran ahead says so, gives nothing back by it, and what it awards is looked at", async () => {
  const { a, join, award, balanceAt } = places;
  const { memberId } = join(a);
  value(award(a, memberId, 80, { ruleId: "brief" }));
  await a.exchange();
  a.setClockOff(60 * dayMs);
  expect(a.status().clock).toMatchObject({ isInDoubt: true, offByMs: 60 * dayMs });
  value(award(a, memberId, 10));
  await a.exchange();
  expect(a.log().at(-1)).toMatchObject({ type: "points.award", state: "flagged", stateCode: "DATE_DIFFERS" });
  a.setClockOff(0);
  expect(a.status().clock.isInDoubt).toBe(false);
  expect(balanceAt(a, memberId)).toMatchObject({ balance: 90, spendableHere: 90 });
});
