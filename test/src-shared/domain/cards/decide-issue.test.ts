import { describe, expect, it } from "vitest";
import { decideIssue, type IssueFacts, type IssueRefusal } from "#shared/domain/cards/decide-issue.ts";

describe("handing out a card", () => {
  const facts: IssueFacts = { as: "main", memberIsFrozen: false, isTaken: false, blankRefusal: undefined, activeMainCard: undefined };

  it("is possible for a member without a main card", () => {
    expect(decideIssue(facts)).toEqual({ ok: true, value: null });
  });

  it("as a sub-card hangs on the main card that works (K-07)", () => {
    expect(decideIssue({ ...facts, as: "sub", activeMainCard: "6200000018" })).toEqual({ ok: true, value: "6200000018" });
  });

  const elsewhere = { code: "CARD_OF_OTHER_BRANCH", branchId: "branch-b" } as const;
  const refusals: [name: string, facts: Partial<IssueFacts>, refusal: IssueRefusal][] = [
    ["a frozen member", { memberIsFrozen: true, isTaken: true, activeMainCard: "6200000018" }, { code: "MEMBER_FROZEN" }],
    ["a number that somebody has", { isTaken: true, activeMainCard: "6200000018" }, { code: "CARD_TAKEN" }],
    ["a card that is another branch's", { blankRefusal: elsewhere, activeMainCard: "6200000018" }, elsewhere],
    ["a member who has a main card", { activeMainCard: "6200000018" }, { code: "HAS_MAIN_CARD", last4: "0018" }],
    ["a sub-card before the main card (K-07)", { as: "sub" }, { code: "NO_MAIN_CARD" }],
  ];
  it.each(refusals)("is refused for %s", (_name, more, error) => {
    expect(decideIssue({ ...facts, ...more })).toEqual({ ok: false, error });
  });
});
