import { expect, it } from "vitest";
import { counts, lastDayOf, mayLowerIn, monthsEnding, windowOf } from "#shared/domain/tiers/months.ts";

it("a month ends on its last day, in leap years too", () => {
  expect(["2028-02", "2026-02", "2026-12"].map(lastDayOf)).toEqual(["2028-02-29", "2026-02-28", "2026-12-31"]);
});

it("months are due in order, each once, when their last day is over", () => {
  expect(monthsEnding("2025-11-30", "2026-02-27")).toEqual(["2025-12", "2026-01"]);
  expect(monthsEnding("2025-11-29", "2025-11-30")).toEqual(["2025-11"]);
  expect(monthsEnding("2025-12-31", "2026-01-30")).toEqual([]);
});

it("a calendar year counts from the first of January, twelve months are whole", () => {
  expect(windowOf("calendarYear", "2026-02")).toEqual({ from: "2026-01-01", until: "2026-02-28" });
  expect(windowOf("twelveMonths", "2026-02")).toEqual({ from: "2025-03-01", until: "2026-02-28" });
  expect(counts("calendarYear", "2026-01", "2025-12-31")).toBe(false);
  expect(counts("twelveMonths", "2026-01", "2025-12-31")).toBe(true);
  expect(counts("twelveMonths", "2025-12", "2026-01-01")).toBe(false);
});

it("a calendar year is judged once, at its end; twelve months at the end of each", () => {
  expect(["2026-11", "2026-12"].map((month) => mayLowerIn("calendarYear", month))).toEqual([false, true]);
  expect(mayLowerIn("twelveMonths", "2026-11")).toBe(true);
});
