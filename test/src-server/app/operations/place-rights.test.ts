import { describe, expect, it } from "vitest";
import { placeRights, type Place } from "#server/app/operations/place-rights.ts";
import type { HeldLot } from "#shared/domain/ledger/lots.ts";

const lot = (lotId: string, points: number, expiresOn: string | null = null): HeldLot => ({
  lotId,
  points,
  earnedOn: "2026-01-01",
  expiresOn,
});
const home = (heldPoints: number): Place => ({ incarnation: "home", standing: "home", heldPoints });
const second = (heldPoints: number): Place => ({ incarnation: "second", standing: "second", heldPoints });
const sums = (pool: readonly HeldLot[], places: readonly Place[]) =>
  placeRights(pool, places, "2026-03-02").map(({ incarnation, lines }) => [
    incarnation,
    lines.reduce((sum, { points }) => sum + points, 0),
  ]);

describe("where points of the pool are placed", () => {
  it.each([
    {
      why: "home first, then the second home",
      pool: 1000,
      places: [home(0), second(0)],
      placed: [
        ["home", 500],
        ["second", 200],
      ],
    },
    { why: "what there is", pool: 120, places: [home(0), second(0)], placed: [["home", 120]] },
    { why: "only up to the target", pool: 1000, places: [home(300)], placed: [["home", 200]] },
    { why: "no small change to a station that has enough", pool: 1000, places: [home(450)], placed: [] },
    { why: "small change to a station that is nearly empty", pool: 1000, places: [{ ...second(99) }], placed: [["second", 101]] },
    { why: "the last points of a pool, however few", pool: 30, places: [home(300)], placed: [["home", 30]] },
    { why: "nothing to a station above its target", pool: 1000, places: [home(700)], placed: [] },
    { why: "nothing where nobody serves the member", pool: 1000, places: [], placed: [] },
  ] satisfies readonly { why: string; pool: number; places: readonly Place[]; placed: readonly (readonly [string, number])[] }[])(
    "$why",
    ({ pool, places, placed }) => {
      expect(sums([lot("a", pool)], places)).toEqual(placed);
    },
  );

  it("hands out what lapses first, and nothing that has lapsed", () => {
    const pool = [lot("never", 400), lot("gone", 400, "2026-03-01"), lot("today", 100, "2026-03-02"), lot("june", 300, "2026-06-30")];
    expect(placeRights(pool, [home(0), second(0)], "2026-03-02")).toEqual([
      {
        incarnation: "home",
        lines: [
          { lotId: "today", points: 100 },
          { lotId: "june", points: 300 },
          { lotId: "never", points: 100 },
        ],
      },
      { incarnation: "second", lines: [{ lotId: "never", points: 200 }] },
    ]);
  });
});
