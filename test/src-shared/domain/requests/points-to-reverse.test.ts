import * as fc from "fast-check";
import { expect, it } from "vitest";
import { pointsToReverse } from "#shared/domain/requests/request.ts";

it("takes 2, 2 and 3 of 7 points when 70.00 yuan come back in three parts", () => {
  const earned = { points: 7, amountFen: 7_000 };
  expect(pointsToReverse(earned, 0, 0, 2_333)).toBe(2);
  expect(pointsToReverse(earned, 2_333, 2, 2_333)).toBe(2);
  expect(pointsToReverse(earned, 4_666, 4, 2_334)).toBe(3);
});

it("takes all that was earned when all came back, in however many parts, and never more on the way", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1_000_000 }),
      fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 12 }),
      (points, parts) => {
        const earned = { points, amountFen: parts.reduce((sum, part) => sum + part, 0) };
        let [refunded, reversed] = [0, 0];
        for (const part of parts) {
          const taken = pointsToReverse(earned, refunded, reversed, part);
          expect(taken).toBeGreaterThanOrEqual(0);
          refunded += part;
          reversed += taken;
          expect(reversed).toBeLessThanOrEqual(points);
        }
        expect(reversed).toBe(points);
      },
    ),
  );
});
