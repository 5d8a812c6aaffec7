import { expect, it } from "vitest";
import { endWithoutVisits } from "#shared/domain/expiry/inactivity.ts";

const lot = (expiresOn: string | null = null) => ({ earnedOn: "2025-02-10", expiresOn });
const on = (...days: readonly string[]) => days.map((day) => ({ on: day, opId: "" }));

it("points lapse 18 months after the last visit, and a redemption shortly before moves that on", () => {
  expect(endWithoutVisits(lot(), 18, [])).toBe("2026-08-10");
  expect(endWithoutVisits(lot(), 18, on("2026-08-01"))).toBe("2028-02-01");
  expect(endWithoutVisits(lot(), 18, on("2026-08-10"))).toBe("2028-02-10");
});

it("a visit after they lapsed brings nothing back, nor does one from before they were earned keep them", () => {
  expect(endWithoutVisits(lot(), 18, on("2026-08-11", "2027-01-01"))).toBe("2026-08-10");
  expect(endWithoutVisits(lot(), 18, on("2023-01-01", "2025-02-10"))).toBe("2026-08-10");
});

it("they never outlast their own last day, and of two ends the earlier counts", () => {
  expect(endWithoutVisits(lot("2026-12-31"), 18, on("2026-08-01"))).toBe("2026-12-31");
  expect(endWithoutVisits(lot("2026-12-31"), 18, [])).toBe("2026-08-10");
});

it("months end with their last day", () => {
  expect(endWithoutVisits({ earnedOn: "2026-01-31", expiresOn: null }, 1, [])).toBe("2026-02-28");
});
