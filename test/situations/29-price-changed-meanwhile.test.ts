import { expect, it } from "vitest";
import { refusal, value } from "#test/support/counter.ts";
import { twoBranches } from "./support/two-branches.ts";

const places = twoBranches();

it("29. a price that changed between opening and confirming is shown again, and nothing is written; where nobody heard it, it is the price", async () => {
  const { world, a, b, knownAtBoth, redeem, planAt, lastVerdict } = places;
  const { memberId } = await knownAtBoth(900);
  const shown = planAt(a);
  value(await world.publishPlan({ version: shown.version + 1, costPoints: shown.costPoints + 5 }));
  await a.exchange();
  const before = a.log().length;
  expect(refusal(redeem(a, memberId, 1, shown.version))).toMatchObject({ code: "PLAN_CHANGED", costPoints: shown.costPoints + 5 });
  expect(a.log()).toHaveLength(before);
  expect(value(redeem(b, memberId, 1, shown.version)).points).toBe(-shown.costPoints);
  await b.exchange();
  expect(lastVerdict(b)).toBe("applied");
});
