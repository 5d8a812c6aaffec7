import { expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import { closePeriodAct, listPeriodsAct } from "#shared/contracts/acts/periods.ts";
import { businessDateOf } from "#shared/domain/time/business-date.ts";
import { addDays } from "#shared/domain/time/calendar.ts";
import { value } from "#test/support/counter.ts";
import { twoBranches } from "./support/two-branches.ts";

const places = twoBranches();

it("39. what happened in a closed period and comes late is booked in the open one and listed, and the closed one stays to the byte", async () => {
  const { world, a, b, knownAtBoth, award, redeem } = places;
  const { memberId, memberNumber } = await knownAtBoth(100);
  const act = async (until: string) => world.admin().act(world.company.administrator, closePeriodAct, { requestId: uuidv7(), until });
  const list = async () => value(await world.admin().act(world.company.administrator, listPeriodsAct, {}));
  const today = (): string => businessDateOf(world.timeline.nowMs());
  const march = today();
  expect(await act(march)).toMatchObject({ ok: false, error: { code: "PERIOD_NOT_OVER" } });

  // B is cut off, and goes on.
  value(award(b, memberId, 30));
  value(redeem(a, memberId, 1));
  await a.exchange();
  world.nextDay();
  const closed = value(await act(march));
  expect(closed).toMatchObject({ until: march, after: null, openingPoints: 0, closingPoints: 61 });
  expect(closed.accounts).toContainEqual(expect.objectContaining({ account: "REDEEMED", amount: 40 }));
  expect(await act(march)).toMatchObject({ ok: false, error: { code: "PERIOD_CLOSED" } });

  await b.exchange();
  world.nextDay();
  const { periods, late } = await list();
  expect(JSON.stringify(periods)).toBe(JSON.stringify([closed]));
  expect(late).toMatchObject([
    { type: "points.award", branch: "B", memberNumber, eventDate: march, bookingDate: addDays(march, 1), points: 30 },
  ]);
  // The next one begins where this one ended, and has what came late.
  expect(value(await act(addDays(march, 1)))).toMatchObject({ after: march, openingPoints: 61, closingPoints: 91 });
  expect(await world.admin().verify()).toEqual({ ok: true, damaged: [] });
});
