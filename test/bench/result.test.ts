import { expect, it } from "vitest";
import { asDistance, asMultiple, median, percentile } from "./result.ts";

it("takes percentiles that were really measured", () => {
  const values = [5, 1, 4, 2, 3];
  expect(median(values)).toBe(3);
  expect(percentile(values, 95)).toBe(5);
  expect(percentile(values, 1)).toBe(1);
  expect(() => median([])).toThrow("nothing was measured");
});

it("meets a multiple at its edge and not beyond it", () => {
  const what = { name: "commit", metric: "p50", unit: "ms" } as const;
  expect(asMultiple(what, { value: 1.6, floor: 1 }, 1.6)).toMatchObject({ ratio: 1.6, goal: "ratio <= 1.6", met: true });
  expect(asMultiple(what, { value: 1.7, floor: 1 }, 1.6)).toMatchObject({ met: false });
  // The median of the runs' ratios, where the caller has one, is what counts.
  expect(asMultiple(what, { value: 1.6, floor: 1, ratio: 1.7 }, 1.6)).toMatchObject({ ratio: 1.7, met: false });
});

it("meets a distance at its edge and not beyond it", () => {
  const what = { name: "swipe", metric: "p95", unit: "ms" } as const;
  expect(asDistance(what, { value: 31, floor: 1 }, 30)).toMatchObject({ ratio: 31, goal: "value - floor <= 30 ms", met: true });
  expect(asDistance(what, { value: 31.5, floor: 1 }, 30)).toMatchObject({ met: false });
});
