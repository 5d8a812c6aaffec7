import { expect, it } from "vitest";
import { closableUntil, closesAtMs } from "#shared/domain/periods/period.ts";

it("can be closed up to a day an hour after the business day that follows it began, at five in the morning in Shanghai", () => {
  expect(closesAtMs("2026-03-31")).toBe(Date.parse("2026-03-31T21:00:00Z"));
  expect(closableUntil(Date.parse("2026-03-31T20:59:59.999Z"))).toBe("2026-03-30");
  expect(closableUntil(Date.parse("2026-03-31T21:00:00Z"))).toBe("2026-03-31");
  expect(closableUntil(Date.parse("2026-04-01T20:30:00Z"))).toBe("2026-03-31");
});
