import { describe, expect, it } from "vitest";
import { cardNumberOf } from "#shared/domain/cards/card-number.ts";
import { refuseBlank, type BlankFacts } from "#shared/domain/cards/refuse-blank.ts";

const number = (n: number): string => cardNumberOf({ prefix: "8888", length: 12 }, n);
const range = (branchId: string, first: number, last: number) => ({
  rangeId: branchId,
  branchId,
  cardKind: "ordinary",
  first: number(first),
  last: number(last),
  lowAt: 0,
});
const facts: BlankFacts = { cardNumber: number(5), ranges: [range("a", 1, 9), range("b", 10, 19)], ownBranch: "a", discarded: [] };

describe("a blank card", () => {
  it("may be handed out where head office sent it", () => {
    expect(refuseBlank(facts)).toBeUndefined();
  });

  it("may be handed out by whoever has it while head office gave nobody any numbers of its kind", () => {
    expect(refuseBlank({ ...facts, cardNumber: number(500), ranges: [] })).toBeUndefined();
  });

  it.each([
    ["that is another branch's", { cardNumber: number(10) }, { code: "CARD_OF_OTHER_BRANCH", branchId: "b" }],
    ["that nobody was given", { cardNumber: number(500) }, { code: "CARD_NOT_ASSIGNED" }],
    ["that was recorded as spoilt", { discarded: [{ first: number(4), last: number(6) }] }, { code: "CARD_DISCARDED" }],
    [
      "that was spoilt where numbers are nobody's",
      { ranges: [], discarded: [{ first: number(5), last: number(5) }] },
      { code: "CARD_DISCARDED" },
    ],
  ])("is refused %s", (_name, more, refusal) => {
    expect(refuseBlank({ ...facts, ...more })).toEqual(refusal);
  });
});
