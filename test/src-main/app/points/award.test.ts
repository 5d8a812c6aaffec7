import { describe, expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import { cardNumber, clerk, contractRule, openCounter, purchaseRule, refusal, value } from "#test/support/counter.ts";

const input = (memberId: string, more: { points?: number; receiptNumber?: string; ruleId?: string; ruleVersion?: number } = {}) => ({
  requestId: uuidv7(),
  memberId,
  purchase: { receiptNumber: more.receiptNumber ?? uuidv7(), amountFen: (more.points ?? 60) * 100 },
  ruleId: more.ruleId ?? "purchase",
  ruleVersion: more.ruleVersion ?? 1,
});

describe("points for a purchase", () => {
  it("are given once when the form is sent twice", () => {
    const counter = openCounter();
    const asked = input(counter.member().memberId);
    const first = counter.award(asked, clerk);
    expect(counter.award(asked, clerk)).toEqual(first);
    expect(first).toMatchObject({ ok: true, value: { points: 60, isProposal: false, member: { balance: { balance: 60 } } } });
    expect(counter.operations()).toEqual(["member.create", "card.issue", "points.award"]);
  });

  it("are refused when the form's id comes back with another amount", () => {
    const counter = openCounter();
    const asked = input(counter.member().memberId);
    value(counter.award(asked, clerk));
    const other = { ...asked, purchase: { ...asked.purchase, amountFen: 999_900 } };
    expect(refusal(counter.award(other, clerk))).toEqual({ code: "REQUEST_ID_REUSED" });
    expect(counter.operations()).toHaveLength(3);
  });

  it("are refused when the form's id was another act", () => {
    const counter = openCounter();
    const { memberId } = counter.member();
    const { opId } = counter.give(memberId, 100);
    expect(refusal(counter.tea(memberId, 1, opId))).toEqual({ code: "REQUEST_ID_REUSED" });
    expect(refusal(counter.voidMovement({ requestId: opId, undoes: opId, reason: "x" }, clerk))).toEqual({ code: "REQUEST_ID_REUSED" });
    expect(refusal(counter.createMember({ requestId: opId, name: "李", phones: ["13900000000"] }, clerk))).toEqual({
      code: "REQUEST_ID_REUSED",
    });
  });

  it("are spendable at the home branch up to 500, the rest lies at head office", () => {
    const counter = openCounter();
    const { memberId } = counter.member();
    expect(counter.give(memberId, 300).member.balance).toMatchObject({ balance: 300, spendableHere: 300, atHeadOffice: 0 });
    expect(counter.give(memberId, 600).member.balance).toMatchObject({ balance: 900, spendableHere: 500, atHeadOffice: 400 });
    expect(counter.give(memberId, 50).member.balance).toMatchObject({ balance: 950, spendableHere: 500, atHeadOffice: 450 });
  });

  it("are spendable up to 200 where the member is not at home, and the member is shown masked", () => {
    const counter = openCounter();
    const memberId = uuidv7();
    counter.hear("directory", memberId, {
      memberId,
      memberNumber: "00002000018",
      nameMasked: "李**",
      state: "active",
      homeBranch: "branch-b",
      phone: null,
      cards: [{ hash: "ab", last4: "0027", cardKind: "ordinary", state: "active", blockedReason: null }],
    });
    const receipt = counter.give(memberId, 260);
    expect(receipt.member).toMatchObject({ knownAs: "directory", name: "李**", phonesMasked: [], homeBranch: "城西店" });
    // Of the balance elsewhere this station knows nothing.
    expect(receipt.member.balance).toMatchObject({ balance: null, spendableHere: 200, asOfMs: null });
  });

  it("wait as a proposal when head office decides, and cannot be spent or undone here", () => {
    const counter = openCounter();
    const { memberId } = counter.member();
    const asked = { ...input(memberId, { ruleId: "contract" }), purchase: { receiptNumber: "HT-2026-001", amountFen: 128_650_000 } };
    const receipt = value(counter.award(asked, clerk));
    expect(receipt).toMatchObject({ points: 128, isProposal: true });
    expect(receipt.member.balance).toMatchObject({ balance: 0, spendableHere: 0, atHeadOffice: 0, proposed: 128 });
    expect(receipt.member.lastVisits).toMatchObject([{ kind: "proposal", points: 128 }]);
    expect(refusal(counter.tea(memberId))).toMatchObject({ code: "INSUFFICIENT_POINTS", spendableHere: 0, balance: 0 });
    expect(refusal(counter.undo(receipt.opId))).toEqual({ code: "NOT_VOIDABLE" });
    expect(counter.listProposals()).toMatchObject([
      { proposalId: receipt.opId, points: 128, state: "open", cause: { receiptNumber: "HT-2026-001" }, proposedBy: "陈雨桐" },
    ]);
  });

  it("lapse a year later, on the day that the rule says", () => {
    const counter = openCounter();
    expect(counter.give(counter.member().memberId, 60).member.balance.nextExpiry).toEqual({ points: 60, expiresOn: "2027-05-12" });
  });

  it("belong to the evening before when they are given at half past one at night", () => {
    const counter = openCounter();
    counter.clock.set("2026-05-13T01:30:00+08:00");
    expect(counter.give(counter.member().memberId, 60).member.balance.nextExpiry).toEqual({ points: 60, expiresOn: "2027-05-12" });
  });
});

describe("points are not given", () => {
  it("for a receipt that was entered already; the first entry is named", () => {
    const counter = openCounter();
    const { memberId } = counter.member();
    const first = value(counter.award(input(memberId, { receiptNumber: "A-1" }), clerk));
    const again = refusal(counter.award(input(counter.member().memberId, { receiptNumber: "A-1" }), clerk));
    expect(again).toEqual({ code: "RECEIPT_USED", opId: first.opId, atMs: counter.clock.atMs });
  });

  it("for a receipt twice, but again after the first award was undone", () => {
    const counter = openCounter();
    const { memberId } = counter.member();
    const first = value(counter.award(input(memberId, { receiptNumber: "A-1" }), clerk));
    value(counter.undo(first.opId));
    const second = value(counter.award(input(memberId, { receiptNumber: "A-1", points: 70 }), clerk));
    expect(second.member.balance.balance).toBe(70);
    expect(refusal(counter.award(input(memberId, { receiptNumber: "A-1" }), clerk))).toMatchObject({
      code: "RECEIPT_USED",
      opId: second.opId,
    });
  });

  it("by a rule that changed under the hand; the new one is shown", () => {
    const counter = openCounter();
    const { memberId } = counter.member();
    counter.hear("rule", "purchase/2", { ...purchaseRule, version: 2, perFen: 200 });
    const { opensOn: _, closesOn: __, ...shown } = { ...purchaseRule, version: 2, perFen: 200 };
    expect(refusal(counter.award(input(memberId), clerk))).toEqual({
      code: "RULE_CHANGED",
      rule: { ...shown, inactiveMonths: null, capPerDay: null, budgetHere: null },
    });
    expect(value(counter.award(input(memberId, { ruleVersion: 2 }), clerk)).points).toBe(30);
  });

  it("by a version whose day has not come", () => {
    const counter = openCounter();
    counter.hear("rule", "purchase/2", { ...purchaseRule, version: 2, opensOn: "2026-05-13" });
    expect(counter.listRules().map(({ ruleId, version }) => `${ruleId} ${version}`)).toEqual(["purchase 1", "contract 1"]);
    counter.clock.set("2026-05-13T04:00:00+08:00");
    expect(counter.listRules().map(({ ruleId, version }) => `${ruleId} ${version}`)).toEqual(["purchase 2", "contract 1"]);
  });

  it("by a rule that has closed, or that there is not", () => {
    const counter = openCounter();
    const { memberId } = counter.member();
    counter.hear("rule", "contract/1", { ...contractRule, closesOn: "2026-05-11" });
    expect(refusal(counter.award(input(memberId, { ruleId: "contract" }), clerk))).toEqual({
      code: "RULE_NOT_OPEN",
      opensOn: "2026-01-01",
      closesOn: "2026-05-11",
    });
    expect(counter.listRules().map(({ ruleId }) => ruleId)).toEqual(["purchase"]);
    expect(refusal(counter.award(input(memberId, { ruleId: "gift" }), clerk))).toEqual({ code: "RULE_NOT_FOUND" });
  });

  it("to somebody unknown, without a card, with a blocked card, or frozen", () => {
    const counter = openCounter();
    expect(refusal(counter.award(input(uuidv7()), clerk))).toEqual({ code: "MEMBER_NOT_FOUND" });
    const without = counter.member({ card: null });
    expect(refusal(counter.award(input(without.memberId), clerk))).toEqual({ code: "NO_CARD" });
    const blocked = counter.member();
    value(counter.blockCard({ requestId: uuidv7(), memberId: blocked.memberId, reason: "lost" }, clerk));
    expect(refusal(counter.award(input(blocked.memberId), clerk))).toEqual({ code: "CARD_BLOCKED" });
    const memberId = uuidv7();
    const frozen = { memberId, memberNumber: "00002000018", homeBranch: "branch-a", state: "frozen", name: "李娜", phones: [] } as const;
    counter.hear("member", memberId, { ...frozen, phones: [], birthday: null, address: "", createdAtMs: 1 });
    expect(refusal(counter.award(input(memberId), clerk))).toEqual({ code: "MEMBER_FROZEN" });
    expect(refusal(counter.tea(memberId))).toEqual({ code: "MEMBER_FROZEN" });
  });

  it("for an amount below the first point", () => {
    const counter = openCounter();
    const { memberId } = counter.member();
    const small = { ...input(memberId), purchase: { receiptNumber: "A-1", amountFen: 99 } };
    expect(refusal(counter.award(small, clerk))).toEqual({ code: "AMOUNT_TOO_SMALL", firstPointFen: 100 });
    expect(counter.operations()).toEqual(["member.create", "card.issue"]);
  });
});

it("a card number can be typed with spaces wherever one is asked for", () => {
  const counter = openCounter();
  const member = counter.member({ card: 7001 });
  const typed = cardNumber(7001).replace(/(.{4})/g, "$1 ");
  expect(value(counter.identifyCard({ card: { number: typed } })).memberId).toBe(member.memberId);
});
