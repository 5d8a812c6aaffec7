import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decideAward, type AwardFacts, type AwardRefusal } from "#shared/domain/earning/decide-award.ts";
import { firstPointFen, pointsFor } from "#shared/domain/earning/points-for.ts";
import type { EarningRule } from "#shared/domain/earning/rule.ts";

const rule: EarningRule = {
  ruleId: "purchase",
  version: 3,
  name: { "zh-CN": "门店消费", "en-US": "Shop purchase" },
  points: 1,
  perFen: 100,
  approval: "none",
  validMonths: 1,
  opensOn: "2026-01-01",
  closesOn: "2026-12-31",
};
const facts: AwardFacts = {
  subject: { memberIsFrozen: false, card: "active" },
  rule,
  shownRuleVersion: 3,
  amountFen: 60_000,
  standing: "home",
  spendableHere: 0,
  cap: { replica: 1, here: 0, elsewhere: 0, uses: undefined },
  budgetHere: [],
  pool: undefined,
  today: "2026-01-31",
  sureDay: null,
};

describe("points of an amount", () => {
  const cases: [amountFen: number, points: number, perFen: number, expected: number][] = [
    // Three lines of 9.90 on one receipt are rounded once: 29, not three times 9.
    [2_970, 1, 100, 29],
    [990, 1, 100, 9],
    [21_689, 1, 1_000, 21],
    [7_000, 1, 1_000, 7],
    [999, 1, 1_000, 0],
    [1_000, 1, 1_000, 1],
    [5_000, 3, 2_000, 7],
    // 1,286,500 at a point per whole 10,000.
    [128_650_000, 1, 1_000_000, 128],
  ];
  it.each(cases)("%i fen at %i per %i earn %i", (amountFen, points, perFen, expected) => {
    expect(pointsFor({ points, perFen }, amountFen)).toBe(expected);
  });

  it.each([
    // ¥200 at 1 per ¥1 in a tier that gives one and a half: rounded down once, at the end.
    [20_000, 1, 100, 150, 300],
    [9_990, 1, 1_000, 150, 14],
    [128_650_000, 1, 1_000_000, 120, 154],
  ])("%i fen at %i per %i earn in a tier of %i %% %i", (amountFen, points, perFen, percent, expected) => {
    expect(pointsFor({ points, perFen }, amountFen, percent)).toBe(expected);
    expect(pointsFor({ points, perFen }, firstPointFen({ points, perFen }, percent), percent)).toBeGreaterThanOrEqual(1);
  });

  it("are exact where a fraction would already have been lost", () => {
    expect(pointsFor({ points: 3, perFen: 1 }, 3_000_000_000_000_001)).toBe(9_000_000_000_000_003);
    expect(pointsFor({ points: 1_000_000, perFen: 999_999 }, 9_007_199_254_740_991)).toBe(9_007_208_261_949_252);
  });

  it("begin with the amount that is named as the first", () => {
    const rate = fc.record({ points: fc.integer({ min: 1, max: 10_000 }), perFen: fc.integer({ min: 1, max: 10_000_000 }) });
    fc.assert(
      fc.property(rate, (each) => {
        expect(pointsFor(each, firstPointFen(each))).toBeGreaterThanOrEqual(1);
        expect(pointsFor(each, firstPointFen(each) - 1)).toBe(0);
      }),
    );
  });
});

describe("what a purchase earns", () => {
  it("is spendable here up to the target, the rest lies at head office", () => {
    expect(decideAward(facts)).toEqual({
      ok: true,
      value: { points: 600, earnedOn: "2026-01-31", expiresOn: "2026-02-28", outcome: { kind: "lot", toRight: 500, toPool: 100 } },
    });
  });

  const shares: [name: string, facts: Partial<AwardFacts>, toRight: number, toPool: number][] = [
    ["elsewhere the target is 200", { standing: "other" }, 200, 400],
    ["at the second station, too", { standing: "second" }, 200, 400],
    ["what is here already counts", { spendableHere: 450 }, 50, 550],
    ["a station that holds its target keeps nothing more", { spendableHere: 500 }, 0, 600],
    ["one that holds more gives nothing away", { spendableHere: 900 }, 0, 600],
    ["a small award stays here whole", { amountFen: 2_000 }, 20, 0],
  ];
  it.each(shares)("%s", (_name, more, toRight, toPool) => {
    expect(decideAward({ ...facts, ...more })).toMatchObject({ ok: true, value: { outcome: { kind: "lot", toRight, toPool } } });
  });

  it.each(["station", "headOffice"] as const)("waits as a proposal when %s decides, and nothing of it is spendable", (holder) => {
    const decided = decideAward({ ...facts, rule: { ...rule, approval: holder, validMonths: null } });
    expect(decided).toEqual({
      ok: true,
      value: { points: 600, earnedOn: "2026-01-31", expiresOn: null, outcome: { kind: "proposal", holder } },
    });
  });

  it("always adds up", () => {
    const some = fc.record({
      amountFen: fc.integer({ min: 100, max: 100_000_000_000 }),
      spendableHere: fc.integer({ min: 0, max: 2_000 }),
      standing: fc.constantFrom("home" as const, "second" as const, "other" as const),
    });
    fc.assert(
      fc.property(some, (more) => {
        const decided = decideAward({ ...facts, ...more });
        if (!decided.ok || decided.value.outcome.kind !== "lot") throw new Error("this always earns");
        const { points, outcome } = decided.value;
        expect(outcome.toRight + outcome.toPool).toBe(points);
        expect(outcome.toRight).toBeGreaterThanOrEqual(0);
        expect(outcome.toPool).toBeGreaterThanOrEqual(0);
        expect(outcome.toRight === 0 || more.spendableHere + outcome.toRight <= (more.standing === "home" ? 500 : 200)).toBe(true);
      }),
    );
  });

  // Each case carries everything that the ones below it refuse for: the first rule that refuses answers.
  const frozen = { memberIsFrozen: true, card: "blocked" } as const;
  const closed = { ...rule, closesOn: "2026-01-30" };
  const refusals: [name: string, facts: Partial<AwardFacts>, refusal: AwardRefusal][] = [
    ["a frozen member", { subject: frozen, shownRuleVersion: 2, rule: closed, amountFen: 1 }, { code: "MEMBER_FROZEN" }],
    [
      "a blocked card",
      { subject: { ...frozen, memberIsFrozen: false }, shownRuleVersion: 2, rule: closed, amountFen: 1 },
      { code: "CARD_BLOCKED" },
    ],
    ["no card", { subject: { memberIsFrozen: false, card: "none" }, shownRuleVersion: 2, rule: closed, amountFen: 1 }, { code: "NO_CARD" }],
    ["a rule that changed under the hand", { shownRuleVersion: 2, rule: closed, amountFen: 1 }, { code: "RULE_CHANGED", rule: closed }],
    ["a rule that has closed", { rule: closed, amountFen: 1 }, { code: "RULE_NOT_OPEN", opensOn: "2026-01-01", closesOn: "2026-01-30" }],
    ["a rule that has not opened", { today: "2025-12-31" }, { code: "RULE_NOT_OPEN", opensOn: "2026-01-01", closesOn: "2026-12-31" }],
    ["a rule that may not have begun, by a clock in doubt", { sureDay: "2025-12-31" }, { code: "CLOCK_IN_DOUBT" }],
    ["a rule that may be over, by a clock in doubt", { sureDay: "2027-01-01" }, { code: "CLOCK_IN_DOUBT" }],
    ["an amount below the first point", { amountFen: 99 }, { code: "AMOUNT_TOO_SMALL", firstPointFen: 100 }],
  ];
  it.each(refusals)("is refused for %s", (_name, more, error) => {
    expect(decideAward({ ...facts, ...more })).toEqual({ ok: false, error });
  });

  it("both dates of a rule are inclusive", () => {
    expect(decideAward({ ...facts, today: "2026-01-01" }).ok).toBe(true);
    expect(decideAward({ ...facts, today: "2026-12-31" }).ok).toBe(true);
  });
});
