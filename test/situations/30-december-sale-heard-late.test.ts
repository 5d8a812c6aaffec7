import { uuidv7 } from "uuidv7";
import { beforeAll, expect, it } from "vitest";
import { publishTiersAct } from "#shared/contracts/acts/tiers.ts";
import { value } from "#test/support/counter.ts";
import type { Outpost } from "#test/sim/world/outpost.ts";
import { dayNumberOf } from "#shared/domain/time/calendar.ts";
import { twoBranches } from "./support/two-branches.ts";

const places = twoBranches();
const inBoth = (name: string) => ({ "zh-CN": name, "en-US": name });
const tier = (tierId: string, from: number, keep: number) => ({ tierId, name: inBoth(tierId), from, keep });

/** Silver from 2,000 points a calendar year, Gold from 6,000, which is kept with 5,000; whoever misses that goes one down. */
beforeAll(async () => {
  const { world } = places;
  value(
    await world.admin().act(world.company.administrator, publishTiersAct, {
      requestId: uuidv7(),
      basedOn: 0,
      measure: "points",
      window: "calendarYear",
      onMiss: "oneDown",
      tiers: [tier("Silver", 2000, 1500), tier("Gold", 6000, 5000)],
      opensOn: places.a.status().businessDate,
    }),
  );
  await places.everybodyHears();
});

/** Everybody is heard on the last days of the year; from then on B is on its own. */
async function untilTheEndOfDecember(): Promise<void> {
  const { world, a, everybodyHears } = places;
  const days = dayNumberOf(`${a.status().businessDate.slice(0, 4)}-12-28`) - dayNumberOf(a.status().businessDate);
  world.nextDay(days);
  await everybodyHears();
  await world.host.runJobs();
  await everybodyHears();
}

/** So many days later A is heard, and head office does what is due. */
async function later(days: number): Promise<void> {
  const { world, a } = places;
  world.nextDay(days);
  for (let round = 0; round < 2; round += 1) {
    await a.exchange();
    await world.host.runJobs();
  }
  await a.exchange();
}

const tierAt = (station: Outpost, memberId: string) => places.memberAt(station, memberId).tier?.name?.["en-US"] ?? null;
const explainedAt = (station: Outpost, memberId: string) => value(station.counter().explainTier({ memberId }));

it("30. a sale of December that is heard after the year was judged raises the tier from then on, and the card says why (P-13)", async () => {
  const { world, a, b, knownAtBoth, award, everybodyHears } = places;
  const { memberId } = await knownAtBoth(1);
  value(award(a, memberId, 5500));
  await everybodyHears();
  await untilTheEndOfDecember();
  expect(tierAt(a, memberId)).toBe("Silver");

  // Sold at B between the years, with the line down.
  value(award(b, memberId, 600, { receiptNumber: "DEC-29" }));
  await later(6);
  // Head office waits for B before it judges December.
  expect(explainedAt(a, memberId)?.history.map(({ until }) => until.slice(5))).toEqual(["03-31"]);
  await later(14);
  const judged = explainedAt(a, memberId);
  expect(judged).toMatchObject({ tier: { "en-US": "Silver" }, measured: 5502 });
  expect(judged?.history[0]).toMatchObject({ outcome: "kept", isRecomputed: false, without: ["分店B"] });

  await b.exchange();
  await world.host.runJobs();
  await everybodyHears();
  for (const station of [a, b]) {
    expect(tierAt(station, memberId)).toBe("Gold");
    const explained = explainedAt(station, memberId);
    expect(explained).toMatchObject({ measured: 6102, reachedFrom: 6000, keptFrom: 5000, next: null });
    expect(explained?.purchases[0]).toMatchObject({ receiptNumber: "DEC-29", counted: 600 });
    expect(explained?.history[0]).toMatchObject({
      isRecomputed: true,
      outcome: "raised",
      before: { "en-US": "Silver" },
      evaluatedOn: a.status().businessDate,
    });
  }
  // Whoever knows the member by the directory alone is told the tier, too.
  expect(a.store().read((view) => view.directory.find(memberId))).toMatchObject({ tier: "Gold" });
});

it("30. what is heard late raises and never lowers: a sale of December that was taken back leaves the tier until the next year is judged", async () => {
  const { world, b, knownAtBoth, award, everybodyHears } = places;
  const { memberId } = await knownAtBoth(1);
  value(award(b, memberId, 5900));
  await everybodyHears();
  await untilTheEndOfDecember();
  const sold = value(award(b, memberId, 200));
  await b.exchange();
  // Taken back the same evening, and nobody hears of it.
  value(b.counter().voidMovement({ requestId: uuidv7(), undoes: sold.opId, reason: "returned" }, b.clerk));
  await later(20);
  expect(tierAt(places.a, memberId)).toBe("Gold");
  await b.exchange();
  await world.host.runJobs();
  await everybodyHears();
  expect(tierAt(places.a, memberId)).toBe("Gold");
  expect(tierAt(b, memberId)).toBe("Gold");

  await untilTheEndOfDecember();
  await later(20);
  // 0 points in the year that followed: one down.
  expect(tierAt(places.a, memberId)).toBe("Silver");
});
