import { describe, expect, it } from "vitest";
import { parseDate } from "../../../../src-renderer/app/acts/typed-date.ts";

describe("a date that somebody types", () => {
  it.each(["2026-12-31", "2026/12/31", "2026.12.31", "20261231", "２０２６年１２月３１日", " 2026-12-31 "])("%j is a day", (text) => {
    expect(parseDate(text)).toBe("2026-12-31");
  });

  it.each(["2026-1-5", "2026年1月5日"])("%j needs no zeros", (text) => {
    expect(parseDate(text)).toBe("2026-01-05");
  });

  it.each(["", "31.12.2026", "2026-13-01", "2026-06-31", "2026-02-29", "tomorrow", "2026-12-31 10:00"])("%j is none", (text) => {
    expect(parseDate(text)).toBeUndefined();
  });
});
