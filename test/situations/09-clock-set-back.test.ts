import { afterEach, expect, it } from "vitest";
import { refusal, value } from "#test/support/counter.ts";
import { dayMs } from "#test/support/hand-clock.ts";
import { twoBranches } from "./support/two-branches.ts";

const places = twoBranches();
afterEach(() => places.a.setClockOff(0));

it("9. a counter whose clock was set back does not spend lapsed points while it runs, and with an empty battery is looked at", async () => {
  const { world, a, join, award, redeem } = places;
  const { memberId } = join(a);
  value(award(a, memberId, 80, { ruleId: "brief" }));
  await a.exchange();
  world.nextDay(40);
  a.setClockOff(-41 * dayMs);
  expect(refusal(redeem(a, memberId, 1))).toMatchObject({ code: "INSUFFICIENT_POINTS", spendableHere: 0 });
  await a.restart();
  expect(a.status().clock.isInDoubt).toBe(true);
  value(redeem(a, memberId, 1));
  await a.exchange();
  expect(a.log().at(-1)).toMatchObject({ type: "points.redeem", state: "flagged", stateCode: "AFTER_EXPIRY" });
  a.setClockOff(0);
  await a.exchange();
  expect(a.log().at(-1)).toMatchObject({ type: "rights.release", state: "applied" });
});
