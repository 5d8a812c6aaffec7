import { describe, expect, it } from "vitest";
import { isCalled } from "../../../../src-renderer/app/palette/palette-entry.ts";

const review = { title: "proposals.title", cap: "Alt P" } as const;

describe("an entry of the palette is found", () => {
  it.each(["待批", "积分", "points", "wait", "POINTS WAIT", "alt p"])("by %s", (typed) => {
    expect(isCalled(review, typed)).toBe(true);
  });

  it.each(["Earning rules, redemption plans", "rules redemption", "plans and tiers", "积分规则、兑换方案"])(
    "by %s, with what stands between the words or without",
    (typed) => {
      expect(isCalled({ title: "rules.title", cap: undefined }, typed)).toBe(true);
    },
  );

  it.each([",", "、", "…"])("not by %s alone", (typed) => {
    expect(isCalled({ title: "sync.title", cap: undefined }, typed)).toBe(false);
  });

  it.each(["oints", "待积", "rov"])("not by %s, which is no beginning of its words", (typed) => {
    expect(isCalled(review, typed)).toBe(false);
  });
});
