import { afterEach, expect, it } from "vitest";
import { value } from "#test/support/counter.ts";
import { dayMs, minuteMs } from "#test/support/hand-clock.ts";
import { twoBranches } from "./support/two-branches.ts";

const places = twoBranches();
const hourMs = 60 * minuteMs;
afterEach(() => places.a.setClockOff(0));

/** Of the rule that waits for a decision. */
let version = 0;

const wrong: readonly [how: string, play: () => Promise<void>][] = [
  ["a year ahead", async () => places.a.setClockOff(365 * dayMs)],
  ["a year behind", async () => places.a.setClockOff(-365 * dayMs)],
  [
    "stuck",
    async () => {
      await places.world.timeline.advance(3 * hourMs);
      places.a.setClockOff(-3 * hourMs);
    },
  ],
  [
    "running backwards",
    async () => {
      for (const hours of [1, 2, 3]) {
        await places.world.timeline.advance(hourMs);
        places.a.setClockOff(-2 * hours * hourMs);
        places.a.status();
      }
    },
  ],
];

it.each(wrong)("8. a clock that is %s makes no point expire or vest", async (_how, play) => {
  const { world, a, join, award, balanceAt } = places;
  const { memberId } = join(a);
  value(award(a, memberId, 80, { ruleId: "brief" }));
  value(await world.publishRule({ ruleId: "checked", version: ++version, approval: "headOffice" }));
  await a.exchange();
  value(award(a, memberId, 60, { ruleId: "checked" }));
  await a.exchange();
  const before = balanceAt(a, memberId);
  expect(before).toMatchObject({ balance: 80, proposed: 60 });

  await play();
  await a.exchange();
  await world.host.office().runJobs();
  await a.exchange();
  const types = a.log().map(({ type }) => type);
  expect(types.filter((type) => type === "points.expire" || type === "rights.release")).toEqual([]);
  a.setClockOff(0);
  expect(balanceAt(a, memberId)).toMatchObject({ balance: 80, spendableHere: 80, proposed: 60 });
});
