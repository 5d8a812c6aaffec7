import { describe, expect, it } from "vitest";
import { previewAward } from "#shared/domain/earning/preview-award.ts";
import type { EarningRule } from "#shared/domain/earning/rule.ts";

const shop: EarningRule = {
  ruleId: "shop",
  version: 1,
  name: { "zh-CN": "消费", "en-US": "Spending" },
  points: 1,
  perFen: 1_000,
  approval: "none",
  validMonths: 24,
  opensOn: "2026-01-01",
  closesOn: "2026-12-31",
};
const next: EarningRule = { ...shop, version: 2, points: 2, validMonths: null, opensOn: "2026-06-01", closesOn: null };

describe("the preview of an award (P-08)", () => {
  it("says points, version and last day, rounded down once", () => {
    expect(previewAward([shop, next], 12_850, "2026-05-31")).toEqual({ kind: "points", rule: shop, points: 12, expiresOn: "2028-05-31" });
    expect(previewAward([shop, next], 12_850, "2026-06-01")).toEqual({ kind: "points", rule: next, points: 25, expiresOn: null });
  });

  it("says from which amount on there is a first point", () => {
    expect(previewAward([shop], 999, "2026-05-31")).toEqual({ kind: "tooSmall", rule: shop, firstPointFen: 1_000 });
  });

  it.each(["2025-12-31", "2027-01-01"])("says that nothing is earned on %s, before the first day and after the last", (date) => {
    expect(previewAward([shop], 12_850, date)).toEqual({ kind: "closed" });
  });
});
