import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fieldOfUse, usedOn, withPoints } from "#shared/domain/earning/day-cap.ts";
import { capTaken, withinCap } from "#shared/domain/earning/within-cap.ts";

const ruleId = "purchase";
const today = "2026-05-12";
type Uses = Record<string, ReturnType<typeof withPoints>>;

/** One award at a station that sees these uses. @returns what it gave */
function award(seen: Uses, replica: number, capPerDay: number, earned: number): { readonly given: number; readonly uses: Uses } {
  const facts = { replica, ...usedOn([seen], ruleId, today, replica), uses: seen };
  const given = withinCap({ capPerDay }, facts, earned);
  const { cap } = capTaken({ ruleId, capPerDay }, facts, { given, cut: earned - given, today });
  return { given, uses: { ...seen, [fieldOfUse(ruleId, replica)]: cap?.days ?? [] } };
}

describe("the cap of a member's day", () => {
  // The worked example of the rules: 600 earned, of a daily 800 already 400 used.
  it("gives what the day has left, wherever the rest was given", () => {
    expect(withinCap({ capPerDay: 800 }, { replica: 1, here: 300, elsewhere: 100, uses: undefined }, 600)).toBe(400);
    expect(withinCap({ capPerDay: 800 }, { replica: 1, here: 0, elsewhere: 900, uses: undefined }, 600)).toBe(0);
    expect(withinCap({}, { replica: 1, here: 0, elsewhere: 900, uses: undefined }, 600)).toBe(600);
  });

  it("counts rule by rule, day by day, and under every name of the person", () => {
    const uses = {
      "purchase/1": [{ on: today, points: 5 }],
      "purchase/2": [{ on: "2026-05-11", points: 7 }],
      "home/1": [{ on: today, points: 9 }],
    };
    const other = { "purchase/2": [{ on: today, points: 3 }], memberId: "whoever joined twice" };
    expect(usedOn([uses, other], ruleId, today, 1)).toEqual({ here: 5, elsewhere: 3 });
    expect(usedOn([uses, other], ruleId, today, 3)).toEqual({ here: 0, elsewhere: 8 });
    // A rule whose name begins like another's.
    expect(usedOn([uses], "purchase/1", today, 1)).toEqual({ here: 0, elsewhere: 0 });
  });

  it("keeps the days for as long as somebody may be heard late, and no longer", () => {
    let uses: Uses = {};
    for (let day = 10; day < 30; day += 1) uses = { "purchase/1": withPoints(uses, "purchase/1", `2026-05-${day}`, 1) };
    const days = uses["purchase/1"]?.map(({ on }) => on) ?? [];
    expect([days.length, days[0], days.at(-1)]).toEqual([14, "2026-05-29", "2026-05-16"]);
  });

  it("a void makes room for as much as the award had taken, and for no more", () => {
    const uses = { "purchase/1": withPoints(undefined, "purchase/1", today, 60) };
    expect(withPoints(uses, "purchase/1", today, -60)).toEqual([{ on: today, points: 0 }]);
    expect(withPoints(uses, "purchase/1", today, -90)).toEqual([{ on: today, points: 0 }]);
  });

  const anyDay = fc.record({
    capPerDay: fc.integer({ min: 1, max: 500 }),
    acts: fc.array(fc.record({ replica: fc.integer({ min: 1, max: 3 }), earned: fc.nat(300), isHeard: fc.boolean() }), { maxLength: 20 }),
  });

  it("is never passed where everybody hears everything, and no counter passes it by itself", () => {
    fc.assert(
      fc.property(anyDay, ({ capPerDay, acts }) => {
        let everywhere: Uses = {};
        const alone = new Map<number, Uses>();
        for (const { replica, earned, isHeard } of acts) {
          everywhere = award(everywhere, replica, capPerDay, earned).uses;
          // A counter that is apart: it hears of the others now and then.
          const known = alone.get(replica) ?? {};
          const heard = isHeard ? Object.assign({}, ...alone.values(), known) : known;
          alone.set(replica, award(heard as Uses, replica, capPerDay, earned).uses);
        }
        const { here, elsewhere } = usedOn([everywhere], ruleId, today, 1);
        expect(here + elsewhere).toBeLessThanOrEqual(capPerDay);
        for (const [replica, uses] of alone) expect(usedOn([uses], ruleId, today, replica).here).toBeLessThanOrEqual(capPerDay);
      }),
    );
  });
});
