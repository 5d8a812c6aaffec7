import { describe, expect, it } from "vitest";
import { decideRedemption, type RedemptionFacts, type RedemptionRefusal } from "#shared/domain/redemption/decide-redemption.ts";

const plan = {
  planId: "tea",
  version: 2,
  name: { "zh-CN": "龙井茶一罐", "en-US": "Tin of Longjing tea" },
  costPoints: 80,
  opensOn: "2026-01-01",
  closesOn: "2026-06-30",
  giftId: null,
};
const facts: RedemptionFacts = {
  subject: { memberIsFrozen: false, card: "active" },
  plan,
  shownPlanVersion: 2,
  quantity: 2,
  heldLots: [
    { lotId: "never", points: 100, earnedOn: "2026-01-01", expiresOn: null },
    { lotId: "june", points: 100, earnedOn: "2026-01-02", expiresOn: "2026-06-30" },
    { lotId: "april", points: 100, earnedOn: "2026-01-03", expiresOn: "2026-04-30" },
  ],
  today: "2026-05-12",
  sureDay: null,
};

describe("a redemption", () => {
  it("takes price times quantity from what lapses first, and nothing from what has lapsed", () => {
    expect(decideRedemption(facts)).toEqual({
      ok: true,
      value: {
        costPoints: 160,
        lines: [
          { lotId: "june", points: 100 },
          { lotId: "never", points: 60 },
        ],
      },
    });
  });

  it("may take the last point", () => {
    expect(decideRedemption({ ...facts, plan: { ...plan, costPoints: 100 } })).toMatchObject({ ok: true, value: { costPoints: 200 } });
  });

  it("is possible on both days at the ends of the plan", () => {
    expect(decideRedemption({ ...facts, today: "2026-01-01" }).ok).toBe(true);
    expect(decideRedemption({ ...facts, today: "2026-06-30" }).ok).toBe(true);
  });

  const closed = { ...plan, closesOn: "2026-05-11" };
  const nothing = { heldLots: [] };
  const refusals: [name: string, facts: Partial<RedemptionFacts>, refusal: RedemptionRefusal][] = [
    [
      "a frozen member, whose points are not shown",
      { ...nothing, subject: { memberIsFrozen: true, card: "blocked" }, shownPlanVersion: 1, plan: closed },
      { code: "MEMBER_FROZEN" },
    ],
    [
      "a blocked card",
      { ...nothing, subject: { memberIsFrozen: false, card: "blocked" }, shownPlanVersion: 1, plan: closed },
      { code: "CARD_BLOCKED" },
    ],
    ["no card", { ...nothing, subject: { memberIsFrozen: false, card: "none" }, shownPlanVersion: 1, plan: closed }, { code: "NO_CARD" }],
    [
      "a price that changed under the hand",
      { ...nothing, shownPlanVersion: 1, plan: closed },
      { code: "PLAN_CHANGED", costPoints: 80, version: 2 },
    ],
    ["a plan that has closed", { ...nothing, plan: closed }, { code: "PLAN_NOT_OPEN", opensOn: "2026-01-01", closesOn: "2026-05-11" }],
    ["a plan that has not opened", { today: "2025-12-31" }, { code: "PLAN_NOT_OPEN", opensOn: "2026-01-01", closesOn: "2026-06-30" }],
    ["a plan that may not have begun, by a clock in doubt", { sureDay: "2025-12-31" }, { code: "CLOCK_IN_DOUBT" }],
    ["a plan that may be over, by a clock in doubt", { sureDay: "2026-07-01" }, { code: "CLOCK_IN_DOUBT" }],
    ["one point too few", { quantity: 3 }, { code: "INSUFFICIENT_POINTS", costPoints: 240, spendableHere: 200 }],
    ["nothing here", nothing, { code: "INSUFFICIENT_POINTS", costPoints: 160, spendableHere: 0 }],
  ];
  it.each(refusals)("is refused for %s", (_name, more, error) => {
    expect(decideRedemption({ ...facts, ...more })).toEqual({ ok: false, error });
  });
});
