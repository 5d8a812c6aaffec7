import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { coverLate, type CoverFacts } from "#shared/domain/ledger/cover-late.ts";
import { sumPoints } from "#shared/domain/ledger/lots.ts";

const nothing = { expiresOn: null, limbo: 0, leftByOthers: [], expired: 0, pool: 0 };
type Standing = ReturnType<CoverFacts["standingOf"]>;

/** 100 points of lot L are short; what else there is, a test says. */
const cover = (standing: Partial<Standing>, pool: CoverFacts["pool"] = []) =>
  coverLate({
    shortages: [{ lotId: "L", to: "RIGHT", points: 100 }],
    standingOf: () => ({ ...nothing, ...standing }),
    pool,
    eventDate: "2026-05-12",
    today: "2026-07-01",
  });
const otherLot = { lotId: "M", points: 60, earnedOn: "2026-01-01", expiresOn: null };

describe("points for an operation that comes after its life was fenced", () => {
  it("are first what was set aside, then what other lives of the station left, what lapsed since, the pool, other lots; the rest is missing", () => {
    const leftByOthers = [
      { incarnation: "a1", account: "RIGHT", points: 3 },
      { incarnation: "a1", account: "LIMBO", points: 4 },
    ] as const;
    expect(cover({ limbo: 3, leftByOthers, expired: 20, expiresOn: "2026-06-30", pool: 5 }, [otherLot])).toEqual({
      lines: [
        { lotId: "L", from: "LIMBO", to: "RIGHT", points: 3 },
        { lotId: "L", from: "RIGHT", of: "a1", to: "RIGHT", points: 3 },
        { lotId: "L", from: "LIMBO", of: "a1", to: "RIGHT", points: 4 },
        { lotId: "L", from: "EXPIRED", to: "RIGHT", points: 20 },
        { lotId: "L", from: "POOL", to: "RIGHT", points: 5 },
      ],
      otherLots: [{ lotId: "L", fromLotId: "M", to: "RIGHT", points: 60 }],
      missing: [{ lotId: "L", to: "RIGHT", points: 5 }],
    });
  });

  it("are not those that had lapsed when the operation was written", () => {
    expect(cover({ expired: 100, expiresOn: "2026-05-11" })).toEqual({
      lines: [],
      otherLots: [],
      missing: [{ lotId: "L", to: "RIGHT", points: 100 }],
    });
  });

  it("are not taken from other lots that have lapsed since", () => {
    expect(cover({}, [{ ...otherLot, expiresOn: "2026-06-30" }]).otherLots).toEqual([]);
  });

  it("are found in full or named as missing, and nothing is taken twice", () => {
    const lotIds = ["K", "L", "M"] as const;
    const lotId = fc.constantFrom(...lotIds);
    const points = fc.nat(120);
    const standing = fc.record({ limbo: points, expired: points, pool: points });
    fc.assert(
      fc.property(
        fc.array(fc.record({ lotId, to: fc.constantFrom("RIGHT" as const, "HELD" as const), points: fc.integer({ min: 1, max: 150 }) })),
        fc.record({ K: standing, L: standing, M: standing }),
        (shortages, standings) => {
          const found = coverLate({
            shortages,
            standingOf: (of) => ({ ...nothing, ...standings[of as (typeof lotIds)[number]] }),
            pool: lotIds.map((id) => ({ lotId: id, points: standings[id].pool, earnedOn: "2026-01-01", expiresOn: null })),
            eventDate: "2026-05-12",
            today: "2026-07-01",
          });
          const { lines, otherLots, missing } = found;
          expect(sumPoints(lines) + sumPoints(otherLots) + sumPoints(missing)).toBe(sumPoints(shortages));
          for (const id of lotIds) {
            const from = (source: "LIMBO" | "EXPIRED" | "POOL"): number =>
              sumPoints(lines.filter((line) => line.lotId === id && line.from === source));
            expect(from("LIMBO")).toBeLessThanOrEqual(standings[id].limbo);
            expect(from("EXPIRED")).toBeLessThanOrEqual(standings[id].expired);
            expect(from("POOL") + sumPoints(otherLots.filter(({ fromLotId }) => fromLotId === id))).toBeLessThanOrEqual(standings[id].pool);
          }
        },
      ),
    );
  });
});
