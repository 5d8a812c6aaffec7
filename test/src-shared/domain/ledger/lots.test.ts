import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { byExpiry, hasLapsed, spendEarliestExpiryFirst, type HeldLot } from "#shared/domain/ledger/lots.ts";

const lot = (lotId: string, points: number, expiresOn: string | null, earnedOn = "2026-01-01"): HeldLot => ({
  lotId,
  points,
  earnedOn,
  expiresOn,
});
const date = fc.constantFrom("2026-04-30", "2026-05-01", "2026-06-30", "2026-12-31");
const heldLots = fc
  .array(
    fc.record({
      points: fc.integer({ min: 0, max: 500 }),
      earnedOn: fc.constantFrom("2025-01-01", "2025-06-01"),
      expiresOn: fc.option(date, { nil: null }),
    }),
    { maxLength: 8 },
  )
  .map((lots) => lots.map((each, i) => ({ ...each, lotId: `lot-${i}` })));

describe("which points are spent", () => {
  const held = [lot("L3", 50, null), lot("L2", 200, "2026-12-31"), lot("L1", 100, "2026-06-30")];

  it("those that lapse first go first, those that never lapse last", () => {
    expect(spendEarliestExpiryFirst(held, 180, "2026-05-01")).toEqual({
      lines: [
        { lotId: "L1", points: 100 },
        { lotId: "L2", points: 80 },
      ],
      spendableHere: 350,
    });
    // What is left is 170 and nothing of it lapses in summer.
    const left = [lot("L3", 50, null), lot("L2", 120, "2026-12-31"), lot("L1", 0, "2026-06-30")];
    expect(spendEarliestExpiryFirst(left, 0, "2026-07-01").spendableHere).toBe(170);
  });

  it("of two that lapse together the older, then the smaller id", () => {
    const tied = [lot("b", 10, "2026-06-30"), lot("a", 10, "2026-06-30"), lot("c", 10, "2026-06-30", "2025-12-31")];
    expect(tied.toSorted(byExpiry).map(({ lotId }) => lotId)).toEqual(["c", "a", "b"]);
  });

  it("a lot may still be spent on its last day, and not on the day after", () => {
    expect(hasLapsed({ expiresOn: "2026-06-30" }, "2026-06-30")).toBe(false);
    expect(hasLapsed({ expiresOn: "2026-06-30" }, "2026-07-01")).toBe(true);
    expect(hasLapsed({ expiresOn: null }, "9999-12-31")).toBe(false);
  });

  it("never more than asked, never more than there is, never from a lapsed lot", () => {
    fc.assert(
      fc.property(heldLots, fc.integer({ min: 0, max: 3000 }), date, (lots, asked, today) => {
        const { lines, spendableHere } = spendEarliestExpiryFirst(lots, asked, today);
        const taken = lines.reduce((sum, line) => sum + line.points, 0);
        expect(taken).toBe(Math.min(asked, spendableHere));
        const lotOf = (lotId: string) => lots.find((each) => each.lotId === lotId);
        for (const { lotId, points } of lines) {
          const from = lotOf(lotId);
          expect(points).toBeGreaterThan(0);
          expect(from && points <= from.points && !hasLapsed(from, today)).toBe(true);
        }
        expect(new Set(lines.map(({ lotId }) => lotId)).size).toBe(lines.length);
        const order = lines.flatMap(({ lotId }) => lotOf(lotId) ?? []);
        expect(order).toEqual(order.toSorted(byExpiry));
        // A later lot is touched only when the ones before it are used up.
        for (const { lotId, points } of lines.slice(0, -1)) expect(points).toBe(lotOf(lotId)?.points);
      }),
    );
  });

  it("the order in which lots are read does not matter", () => {
    fc.assert(
      fc.property(heldLots, fc.integer({ min: 0, max: 3000 }), (lots, asked) => {
        expect(spendEarliestExpiryFirst(lots.toReversed(), asked, "2026-05-01")).toEqual(
          spendEarliestExpiryFirst(lots, asked, "2026-05-01"),
        );
      }),
    );
  });
});
