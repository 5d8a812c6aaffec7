import * as fc from "fast-check";
import { expect, it } from "vitest";
import { spendEarliestExpiryFirst, sumPoints, type HeldLot } from "#shared/domain/ledger/lots.ts";
import { movesOf } from "#shared/domain/ledger/moves.ts";
import { shareOf } from "#shared/domain/pools/pool.ts";

it.each([
  [101, 30, 30],
  [99, 50, 49],
  [1, 99, 0],
  [250, 100, 250],
  [250, 0, 0],
])("of %i points a share of %i %% gives %i to the pool", (points, percent, contributed) => {
  const member = { poolId: "pool", sharePercent: percent };
  expect(shareOf(member, points, "2026-05-01")?.points ?? 0).toBe(contributed);
});

it.each([
  ["2026-04-30", undefined],
  ["2026-05-01", 50],
])("of a purchase of %s, a member who joined on 1 May gives %s points", (boughtOn, contributed) => {
  expect(shareOf({ poolId: "pool", sharePercent: 50, joinedOn: "2026-05-01" }, 100, boughtOn)?.points).toBe(contributed);
});

const amounts = fc.integer({ min: 1, max: 1000 });
const heldLot = fc.record({
  lotId: fc.uuid(),
  points: amounts,
  earnedOn: fc.constant("2026-01-01"),
  expiresOn: fc.constantFrom("2026-06-30", "2026-12-31", null),
});
const lots = fc.uniqueArray(heldLot, { maxLength: 6, selector: ({ lotId }) => lotId });

it("own lots and the pool's pay as one purse, earliest expiry first, and each move names whose lot it is", () => {
  fc.assert(
    fc.property(lots, lots, amounts, (own, shared, cost) => {
      const ofPool = shared.map((lot): HeldLot => ({ ...lot, ownerId: "pool" }));
      const { lines, spendableHere } = spendEarliestExpiryFirst([...own, ...ofPool], cost, "2026-05-01");
      const asOne = spendEarliestExpiryFirst([...own, ...shared], cost, "2026-05-01");
      expect(lines.map(({ lotId, points }) => ({ lotId, points }))).toEqual(asOne.lines);
      expect(sumPoints(lines)).toBe(Math.min(cost, spendableHere));
      const owners = movesOf({ memberId: "member", lines }, "POOL", "REDEEMED").map((move) => move.kind === "move" && move.memberId);
      const pools = new Set(shared.map(({ lotId }) => lotId));
      expect(owners).toEqual(lines.map(({ lotId }) => (pools.has(lotId) ? "pool" : "member")));
    }),
    { numRuns: 100 },
  );
});
