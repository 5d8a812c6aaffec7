import { describe, expect, it } from "vitest";
import { array, assert, integer, nat, property, tuple } from "fast-check";
import { shareBudget } from "#server/app/operations/place-budgets.ts";
import { sumPoints, type HeldLot } from "#shared/domain/ledger/lots.ts";

const lot = (lotId: string, points: number): HeldLot => ({ lotId, points, earnedOn: "2026-05-12", expiresOn: null });
const share = (incarnation: string, heldPoints: number) => ({ incarnation, heldPoints });
const given = (pool: readonly HeldLot[], ...shares: ReturnType<typeof share>[]) =>
  shareBudget(pool, shares).map(({ incarnation, lines }) => [incarnation, sumPoints(lines)]);

describe("a campaign's budget", () => {
  it("lies half at the counters in equal shares, and half at head office", () => {
    expect(given([lot("budget", 400)], share("a", 0), share("b", 0))).toEqual([
      ["a", 100],
      ["b", 100],
    ]);
  });

  it("is not sent again before half of a share was given", () => {
    expect(given([lot("budget", 200)], share("a", 60), share("b", 100))).toEqual([]);
    expect(given([lot("budget", 200)], share("a", 40), share("b", 100))).toEqual([["a", 45]]);
  });

  it("goes out point by point near its end, to whoever has least", () => {
    expect(given([lot("budget", 1)], share("a", 1), share("b", 0))).toEqual([["b", 1]]);
    expect(given([], share("a", 0))).toEqual([]);
    expect(given([lot("budget", 10)])).toEqual([]);
  });

  it("never gives more than head office has, whatever the counters hold and use", () => {
    const counters = array(nat({ max: 50 }), { minLength: 1, maxLength: 6 });
    const lots = array(integer({ min: 1, max: 300 }), { maxLength: 3 });
    assert(
      property(lots, counters, array(tuple(nat(), nat({ max: 80 })), { maxLength: 60 }), (points, held, purchases) => {
        let pool = points.map((each, i) => lot(`lot ${i}`, each));
        const shares = held.map((heldPoints, i) => ({ incarnation: String(i), heldPoints }));
        const budget = sumPoints(pool) + held.reduce((sum, each) => sum + each, 0);
        let used = 0;
        for (const [counter, wanted] of purchases) {
          const at = shares[counter % shares.length];
          const taken = Math.min(wanted, at?.heldPoints ?? 0);
          used += taken;
          if (at) at.heldPoints -= taken;
          for (const { incarnation, lines } of shareBudget(pool, shares)) {
            const granted = shares[Number(incarnation)];
            if (granted) granted.heldPoints += sumPoints(lines);
            const ofLot = new Map(lines.map((line) => [line.lotId, line.points]));
            pool = pool.map((each) => ({ ...each, points: each.points - (ofLot.get(each.lotId) ?? 0) }));
          }
          expect(pool.every((each) => each.points >= 0)).toBe(true);
          expect(used + sumPoints(pool) + shares.reduce((sum, { heldPoints }) => sum + heldPoints, 0)).toBe(budget);
        }
      }),
    );
  });
});
