import { describe, expect, it } from "vitest";
import { fieldsOfPlan, fieldsOfRule, readPlan, readRule } from "../../../../src-renderer/features/rules/read-fields.ts";

const today = "2026-05-12";
const rule = {
  nameZh: "门店消费",
  nameEn: "Shop purchase",
  points: "1",
  perYuan: "10",
  approval: "none",
  validMonths: "24",
  inactiveMonths: "",
  budgetPoints: "",
  capPerDay: "",
  opensOn: today,
  closesOn: "",
  basedOn: "0",
};
const plan = { nameZh: "茶", nameEn: "Tea", costPoints: "80", giftId: "", opensOn: today, closesOn: "2026-12-31", basedOn: "0" };

describe("the form of a rule", () => {
  it("is read with money in fen and empty fields as no limit", () => {
    expect(readRule({ ...rule, perYuan: "０．５", validMonths: " " }, today)).toEqual({
      ok: true,
      terms: {
        name: { "zh-CN": "门店消费", "en-US": "Shop purchase" },
        points: 1,
        perFen: 50,
        approval: "none",
        validMonths: null,
        opensOn: today,
        closesOn: null,
      },
    });
  });

  it.each([
    ["nameZh", " "],
    ["nameEn", ""],
    ["points", "0"],
    ["points", "1.5"],
    ["perYuan", "0"],
    ["validMonths", "601"],
    ["inactiveMonths", "0"],
    ["budgetPoints", "0"],
    ["capPerDay", "1.5"],
    ["opensOn", "2026-05-11"],
    ["opensOn", "soon"],
    ["closesOn", "2026-05-11"],
    ["closesOn", "2026-02-30"],
  ])("names %s as the wrong field when it says %j", (field, text) => {
    expect(readRule({ ...rule, [field]: text }, today)).toEqual({ ok: false, wrong: new Set([field]) });
  });

  it("has a budget only where points are given at the counter, and keeps what was typed", () => {
    expect(readRule({ ...rule, budgetPoints: "５,000" }, today)).toMatchObject({ ok: true, terms: { budgetPoints: 5000 } });
    const waits = readRule({ ...rule, budgetPoints: "5000", approval: "station" }, today);
    expect(waits.ok && "budgetPoints" in waits.terms).toBe(false);
    const newest = { ...(waits.ok ? waits.terms : undefined), ruleId: "shop", version: 1, budget: { itemId: "b", points: 5000 } };
    expect(fieldsOfRule(newest as Parameters<typeof fieldsOfRule>[0], today)).toMatchObject({ budgetPoints: "5000" });
  });

  it("of a next version is a copy of the newest, from today on", () => {
    const read = readRule(rule, "2026-01-01");
    const newest = { ...(read.ok ? read.terms : undefined), ruleId: "shop", version: 3 } as Parameters<typeof fieldsOfRule>[0];
    expect(fieldsOfRule(newest, "2026-06-01")).toEqual({ ...rule, opensOn: "2026-06-01", basedOn: "3" });
  });
});

describe("the form of a plan", () => {
  it("needs a last day, since a promise without an end is hard to take back", () => {
    expect(readPlan(plan, today)).toMatchObject({ ok: true, terms: { costPoints: 80, giftId: null, closesOn: "2026-12-31" } });
    expect(readPlan({ ...plan, closesOn: "" }, today)).toEqual({ ok: false, wrong: new Set(["closesOn"]) });
    expect(readPlan({ ...plan, giftId: "tin" }, today)).toMatchObject({ ok: true, terms: { giftId: "tin" } });
    expect(fieldsOfPlan(undefined, today)).toMatchObject({ costPoints: "", opensOn: today, basedOn: "0" });
  });
});
