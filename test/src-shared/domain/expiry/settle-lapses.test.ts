import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays } from "#shared/domain/time/calendar.ts";
import { settleLapses } from "#shared/domain/expiry/settle-lapses.ts";
import { openBranchesApart } from "./branches-apart.ts";
import { expiredInOneLedger, spentInTime } from "./one-ledger.ts";

const station = fc.nat(4);
const amount = fc.integer({ min: 1, max: 300 });
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("award" as const),
      station,
      points: amount,
      toRight: fc.nat(300),
      validDays: fc.option(fc.integer({ min: 0, max: 150 }), { freq: 4 }),
      inactiveMonths: fc.option(fc.integer({ min: 1, max: 3 }), { freq: 2 }),
    }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant("spend" as const), station, points: amount }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("undo" as const), station }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("undoHeard" as const), station, pick: fc.nat(50) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant("speak" as const), station, want: fc.nat(400) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant("pass" as const), days: fc.integer({ min: 1, max: 20 }) }) },
  // Long enough for a member to have stayed away.
  { weight: 1, arbitrary: fc.record({ do: fc.constant("pass" as const), days: fc.integer({ min: 15, max: 60 }) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const runs = Number(process.env["COUNTERFOIL_EXPIRY_RUNS"] ?? 100);

function play(steps: readonly Step[]) {
  const places = openBranchesApart();
  for (const now of steps) {
    if (now.do === "award") places.award(now.station, now.points, now, now.toRight);
    else if (now.do === "spend") places.spend(now.station, now.points);
    else if (now.do === "undo") places.undo(now.station);
    else if (now.do === "undoHeard") places.undoHeard(now.station, now.pick);
    else if (now.do === "speak") places.speak(now.station, now.want);
    else {
      places.pass(now.days);
      places.tick();
    }
  }
  // Everybody is heard, twice: what lapsed with them comes back, and then head office has all of it.
  for (let round = 0; round < 2; round++) {
    places.pass(1);
    for (let each = 0; each < places.stations; each++) places.speak(each, 0, true);
    places.tick();
  }
  return places;
}

describe("what five branches let expire", () => {
  it("is over a year to the point what one ledger lets expire that spends the earliest expiry first", () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 80, maxLength: 200 }), (steps) => {
        const places = play(steps);
        const { lots, charges, expired, exchanged } = places.figures();
        const until = addDays(places.today(), -1);
        expect(expired - exchanged).toBe(expiredInOneLedger(...spentInTime(lots, charges), until));
      }),
      { numRuns: runs },
    );
  });
});

describe("points that lapsed", () => {
  const lot = (lotId: string, earnedOn: string, expiresOn: string | null) => ({ lotId, earnedOn, expiresOn });
  const spend = (spendOpId: string, spentOn: string, lotId: string, points: number) => ({ spendOpId, spentOn, lotId, points });

  it("are given back for those spent meanwhile that last longest", () => {
    const settled = settleLapses({
      lots: [lot("June", "2026-01-01", "2026-06-30"), lot("autumn", "2026-01-01", "2026-09-30"), lot("year", "2026-01-01", "2026-12-31")],
      charges: [spend("s1", "2026-05-02", "autumn", 40), spend("s2", "2026-05-03", "year", 50)],
      expired: new Map([["June", 60]]),
      exchanges: [],
      until: "2026-06-30",
    });
    expect(settled.given).toEqual([
      { lotId: "June", standsFor: "year", points: 50, spentOn: "2026-05-03", moves: [{ spendOpId: "s2", from: "year", to: "June" }] },
      { lotId: "June", standsFor: "autumn", points: 10, spentOn: "2026-05-02", moves: [{ spendOpId: "s1", from: "autumn", to: "June" }] },
    ]);
  });

  it("are not given back for what was spent before they were earned, or after their last day", () => {
    const { given } = settleLapses({
      lots: [lot("June", "2026-05-01", "2026-06-30"), lot("year", "2026-01-01", "2026-12-31")],
      charges: [spend("s1", "2026-04-30", "year", 40), spend("s2", "2026-07-01", "year", 50)],
      expired: new Map([["June", 60]]),
      exchanges: [],
      until: "2026-06-30",
    });
    expect(given).toEqual([]);
  });

  it("are given back along a chain, where what was spent had been paid by a lot that lapsed earlier", () => {
    const { given } = settleLapses({
      lots: [lot("June", "2026-04-20", "2026-06-30"), lot("April", "2026-01-01", "2026-04-30"), lot("year", "2026-01-01", "2026-12-31")],
      charges: [spend("s1", "2026-04-25", "April", 30), spend("s2", "2026-02-01", "year", 30)],
      expired: new Map([["June", 30]]),
      exchanges: [],
      until: "2026-06-30",
    });
    // The spend of February takes April's points, and the one of April takes June's.
    expect(given).toMatchObject([
      {
        standsFor: "year",
        points: 30,
        moves: [
          { spendOpId: "s1", from: "April", to: "June" },
          { spendOpId: "s2", from: "year", to: "April" },
        ],
      },
    ]);
  });

  it("count a point that was spent once, however many lots lapse", () => {
    const { given } = settleLapses({
      lots: [lot("May", "2026-01-01", "2026-05-31"), lot("June", "2026-01-01", "2026-06-30"), lot("year", "2026-01-01", "2026-12-31")],
      charges: [spend("s1", "2026-03-01", "year", 50)],
      expired: new Map([
        ["June", 50],
        ["May", 50],
      ]),
      exchanges: [],
      until: "2026-06-30",
    });
    expect(given).toMatchObject([{ lotId: "May", points: 50 }]);
  });
});
