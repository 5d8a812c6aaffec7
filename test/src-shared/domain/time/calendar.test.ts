import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { businessDateOf, businessDayStartMs } from "#shared/domain/time/business-date.ts";
import { addDays, addMonths, dateOfDayNumber, dayNumberOf } from "#shared/domain/time/calendar.ts";

const dayMs = 24 * 60 * 60 * 1000;
const firstDay = Date.UTC(1800, 0, 1) / dayMs;

describe("the calendar", () => {
  it("agrees with the machine's on every day of four hundred years", () => {
    const wrong: string[] = [];
    for (let day = firstDay; day < firstDay + 146_097; day++) {
      const expected = new Date(day * dayMs).toISOString().slice(0, 10);
      if (dateOfDayNumber(day) !== expected || dayNumberOf(expected) !== day) wrong.push(expected);
    }
    expect(wrong).toEqual([]);
  });

  it("adds days across months and leap days", () => {
    expect(addDays("2024-02-28", 1)).toBe("2024-02-29");
    expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
    expect(addDays("2026-03-01", -1)).toBe("2026-02-28");
  });

  const months: [from: string, months: number, to: string][] = [
    ["2026-01-31", 1, "2026-02-28"],
    ["2024-01-31", 1, "2024-02-29"],
    ["2025-02-10", 18, "2026-08-10"],
    ["2026-08-01", 18, "2028-02-01"],
    ["2026-05-31", 1, "2026-06-30"],
    ["2026-12-31", 2, "2027-02-28"],
    ["2024-02-29", 12, "2025-02-28"],
    ["2026-12-15", 0, "2026-12-15"],
    ["2026-11-30", 1, "2026-12-30"],
  ];
  it.each(months)("%s plus %i months is %s", (from, count, to) => {
    expect(addMonths(from, count)).toBe(to);
  });

  it("never leaves the month that was meant", () => {
    const someDay = fc.integer({ min: 0, max: 40_000 }).map(dateOfDayNumber);
    fc.assert(
      fc.property(someDay, fc.integer({ min: 0, max: 240 }), (date, count) => {
        const [year = 0, month = 0] = date.split("-").map(Number);
        const meant = new Date(Date.UTC(year, month - 1 + count, 1)).toISOString().slice(0, 7);
        expect(addMonths(date, count).slice(0, 7)).toBe(meant);
        expect(Number(addMonths(date, count).slice(8))).toBeLessThanOrEqual(Number(date.slice(8)));
      }),
    );
  });

  it("does not guess at what is no date", () => {
    for (const text of ["", "2026-1-1", "12.05.2026", "2026-05-12T00:00"]) expect(() => dayNumberOf(text)).toThrow(RangeError);
  });
});

describe("the business date", () => {
  it("changes at four in the morning in Shanghai", () => {
    expect(businessDateOf(Date.parse("2026-04-01T03:59:59.999+08:00"))).toBe("2026-03-31");
    expect(businessDateOf(Date.parse("2026-04-01T04:00:00+08:00"))).toBe("2026-04-01");
  });

  it("counts a sale at half past one at night to the evening before", () => {
    expect(businessDateOf(Date.parse("2026-04-01T01:30:00+08:00"))).toBe("2026-03-31");
  });

  it("begins where its start says", () => {
    fc.assert(
      fc.property(fc.integer({ min: -20_000, max: 60_000 }), (day) => {
        expect(businessDateOf(businessDayStartMs(day))).toBe(dateOfDayNumber(day));
        expect(businessDateOf(businessDayStartMs(day) - 1)).toBe(dateOfDayNumber(day - 1));
      }),
    );
  });
});
