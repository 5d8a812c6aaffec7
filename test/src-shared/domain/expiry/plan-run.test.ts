import { expect, it } from "vitest";
import { planRun } from "#shared/domain/expiry/plan-run.ts";

/** Shanghai; the business day ends at 04:00. */
const at = (time: string): number => Date.parse(`2026-${time}:00+08:00`);
const station = (replica: number, heard: string | null) => ({ replica, heardThroughMs: heard === null ? null : at(heard) });

it("goes up to the last day that every station was heard past", () => {
  expect(planRun([station(1, "07-01T10:00"), station(2, "07-01T04:00")], at("07-01T10:05"))).toEqual({ until: "2026-06-30", without: [] });
  // Half past three at night still belongs to the day before.
  expect(planRun([station(1, "07-01T10:00"), station(2, "07-01T03:30")], at("07-01T10:05"))).toEqual({ until: "2026-06-29", without: [] });
});

it("waits two weeks for a station that is silent or owes something, and then names it", () => {
  const stations = [station(1, "07-14T10:00"), station(2, "06-20T10:00"), station(3, null)];
  expect(planRun(stations, at("07-14T10:00"))).toEqual({ until: "2026-06-29", without: [2, 3] });
  expect(planRun(stations, at("07-15T10:00"))).toEqual({ until: "2026-06-30", without: [2, 3] });
});

it("goes up to yesterday where there is no station at all", () => {
  expect(planRun([], at("07-01T10:00"))).toEqual({ until: "2026-06-30", without: [] });
});
