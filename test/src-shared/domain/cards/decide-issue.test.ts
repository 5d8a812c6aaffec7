import { describe, expect, it } from "vitest";
import { decideIssue, type IssueFacts, type IssueRefusal } from "#shared/domain/cards/decide-issue.ts";

describe("handing out a card", () => {
  const facts: IssueFacts = { memberIsFrozen: false, isTaken: false, blankRefusal: undefined, activeCardLast4: undefined };

  it("is possible for a member without a main card", () => {
    expect(decideIssue(facts)).toEqual({ ok: true, value: null });
  });

  const elsewhere = { code: "CARD_OF_OTHER_BRANCH", branchId: "branch-b" } as const;
  const refusals: [name: string, facts: Partial<IssueFacts>, refusal: IssueRefusal][] = [
    ["a frozen member", { memberIsFrozen: true, isTaken: true, activeCardLast4: "0018" }, { code: "MEMBER_FROZEN" }],
    ["a number that somebody has", { isTaken: true, activeCardLast4: "0018" }, { code: "CARD_TAKEN" }],
    ["a card that is another branch's", { blankRefusal: elsewhere, activeCardLast4: "0018" }, elsewhere],
    ["a member who has a main card", { activeCardLast4: "0018" }, { code: "HAS_MAIN_CARD", last4: "0018" }],
  ];
  it.each(refusals)("is refused for %s", (_name, more, error) => {
    expect(decideIssue({ ...facts, ...more })).toEqual({ ok: false, error });
  });
});
