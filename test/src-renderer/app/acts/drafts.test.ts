import { beforeEach, describe, expect, it } from "vitest";
import { makeDrafts, type Drafts } from "../../../../src-renderer/app/acts/drafts.ts";

const blank = { receiptNumber: "", amount: "" };

describe("half-filled forms", () => {
  let drafts: Drafts;

  beforeEach(() => {
    let minted = 0;
    drafts = makeDrafts(() => `request-${(minted += 1)}`);
  });

  it("come back as they were when their member comes back", () => {
    drafts.open("award", "li", blank);
    drafts.change("award", "li", { receiptNumber: "XP-1" });
    drafts.open("award", "wang", blank);
    drafts.change("award", "wang", { receiptNumber: "XP-2" });
    expect(drafts.open("award", "li", blank).fields).toEqual({ receiptNumber: "XP-1", amount: "" });
  });

  it("keep their request id through every retry", () => {
    const { requestId } = drafts.open("award", "li", blank);
    drafts.change("award", "li", { amount: "128" });
    expect(drafts.open("award", "li", blank).requestId).toBe(requestId);
  });

  it("are a new intent once they are done", () => {
    const { requestId } = drafts.open("award", "li", blank);
    drafts.change("award", "li", { amount: "128" });
    drafts.discard("award", "li");
    const next = drafts.open("award", "li", blank);
    expect(next.fields).toEqual(blank);
    expect(next.requestId).not.toBe(requestId);
  });

  it("keep what was typed under a new id when the old id turned out to be taken", () => {
    const { requestId } = drafts.open("award", "li", blank);
    drafts.change("award", "li", { amount: "128" });
    const renewedId = drafts.renew("award", "li");
    const renewed = drafts.open("award", "li", blank);
    expect(renewed).toEqual({ requestId: renewedId, fields: { receiptNumber: "", amount: "128" } });
    expect(renewedId).not.toBe(requestId);
  });

  it("of one member are apart by act", () => {
    const award = drafts.open("award", "li", blank);
    const redeem = drafts.open("redeem", "li", { planId: "" });
    expect(redeem.requestId).not.toBe(award.requestId);
  });

  it("count as unfinished only when something was typed", () => {
    drafts.open("award", "li", blank);
    expect(drafts.hasUnfinished("li")).toBe(false);
    drafts.change("award", "li", { amount: "1" });
    expect(drafts.hasUnfinished("li")).toBe(true);
    drafts.discard("award", "li");
    expect(drafts.hasUnfinished("li")).toBe(false);
  });

  it("tell the form that shows them about each change", () => {
    const seen: string[] = [];
    drafts.open("award", "li", blank);
    const end = drafts.subscribe(() => seen.push(drafts.open("award", "li", blank).fields["amount"] ?? ""));
    drafts.change("award", "li", { amount: "1" });
    end();
    drafts.change("award", "li", { amount: "12" });
    expect(seen).toEqual(["1"]);
  });
});
