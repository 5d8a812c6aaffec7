import { describe, expect, it } from "vitest";
import type { EarningRule } from "#shared/domain/earning/rule.ts";
import { underNewerRule } from "#shared/domain/earning/newer-rule.ts";
import { inForce } from "#shared/domain/publications/in-force.ts";

const version = (of: number, opensOn: string, more: Partial<EarningRule> = {}): EarningRule => ({
  ruleId: "spend",
  version: of,
  name: { "zh-CN": "消费", "en-US": "Spending" },
  points: of,
  perFen: 100,
  approval: "none",
  validMonths: null,
  opensOn,
  closesOn: null,
  ...more,
});
const versions = [version(1, "2026-01-01"), version(3, "2026-04-01", { closesOn: "2026-12-31" }), version(2, "2026-02-01")];

describe("the version of a rule that counts", () => {
  it.each([
    ["2025-12-31", undefined],
    ["2026-01-31", 1],
    ["2026-02-01", 2],
    ["2026-03-31", 2],
    ["2026-04-01", 3],
    ["2027-01-01", 3],
  ])("on %s is %s", (date, expected) => {
    // On the last day it has closed; an older version that never closed does not come back.
    expect(inForce(versions, date)?.version).toBe(expected);
  });
});

describe("an award of 10 yuan by version 2", () => {
  const award = { ruleVersion: 2, amountFen: 1_000 };
  it.each([
    ["2026-03-31", undefined],
    ["2026-04-01", 30],
    ["2027-01-01", 0],
  ])("on %s would have given %s under a newer one", (date, points) => {
    expect(underNewerRule(versions, { ...award, date })?.points).toBe(points);
  });
});
