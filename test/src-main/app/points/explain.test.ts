import { describe, expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import type { BalanceRecord } from "#shared/contracts/sync/feed.ts";
import { clerk, openCounter, refusal, value } from "#test/support/counter.ts";

const figures = ["balance", "spendableHere", "proposed"] as const;

function openBusyCounter() {
  const counter = openCounter();
  const { memberId } = counter.member();
  const heard: BalanceRecord = {
    memberId,
    balance: 1_000,
    pool: 700,
    rights: [
      { branchId: "branch-a", points: 0 },
      { branchId: "branch-b", points: 300 },
    ],
    held: 0,
    setAside: [],
    proposed: 0,
    debt: 0,
    lots: [{ lotId: uuidv7(), points: 1_000, earnedOn: "2026-01-01", expiresOn: null }],
  };
  counter.hear("balance", memberId, heard, 777);
  counter.give(memberId, 300);
  value(counter.tea(memberId));
  value(counter.undo(counter.give(memberId, 40).opId));
  const contract = { receiptNumber: "HT-1", amountFen: 25_000_000 };
  value(counter.award({ requestId: uuidv7(), memberId, purchase: contract, ruleId: "contract", ruleVersion: 1 }, clerk));
  return { counter, memberId };
}

describe("every number of the pane can be taken apart", () => {
  it.each(figures)("the lines of %s add up to what the pane shows", (figure) => {
    const { counter, memberId } = openBusyCounter();
    const shown = value(counter.getMember({ memberId })).balance;
    const explained = value(counter.explain({ memberId, figure }));
    expect(explained.total).toBe(shown[figure]);
    expect(explained.lines.reduce((sum, line) => sum + line.points, 0)).toBe(explained.total);
    expect(explained.asOfMs).toBe(777);
    expect(shown).toMatchObject({ balance: 1_220, spendableHere: 220, proposed: 25, notExchanged: 4, atHeadOffice: 700 });
    expect(shown.atOtherBranches).toEqual([{ branch: "城西店", points: 300 }]);
  });

  it("the balance is head office's figure and what is not exchanged yet", () => {
    const { counter, memberId } = openBusyCounter();
    const { lines } = value(counter.explain({ memberId, figure: "balance" }));
    expect(lines.map(({ kind, points }) => [kind, points])).toEqual([
      ["headOfficeFigure", 1_000],
      ["notExchangedYet", 300],
      ["notExchangedYet", -80],
      ["notExchangedYet", 40],
      ["notExchangedYet", -40],
    ]);
  });

  it("a lapsed lot is listed with nothing in it", () => {
    const { counter, memberId } = openBusyCounter();
    counter.clock.set("2027-06-01T10:00:00+08:00");
    const { total, lines } = value(counter.explain({ memberId, figure: "spendableHere" }));
    expect(total).toBe(0);
    expect(lines).toMatchObject([{ kind: "lotLapsed", points: 0, expiresOn: "2027-05-12" }]);
    expect(value(counter.balance({ memberId })).spendableHere).toBe(0);
  });

  it("nobody is explained who is not known here", () => {
    expect(refusal(openCounter().explain({ memberId: uuidv7(), figure: "balance" }))).toEqual({ code: "MEMBER_NOT_FOUND" });
  });
});

describe("what lapses next", () => {
  it("is all that lapses on the nearest day, wherever it lies, less what was spent of it here", () => {
    const counter = openCounter();
    const { memberId } = counter.member();
    const [june, alsoJune, december] = [uuidv7(), uuidv7(), uuidv7()];
    const lot = (lotId: string, points: number, expiresOn: string) => ({ lotId, points, earnedOn: "2026-01-01", expiresOn });
    counter.hear("balance", memberId, {
      memberId,
      balance: 450,
      pool: 350,
      rights: [{ branchId: "branch-a", points: 100 }],
      held: 0,
      setAside: [],
      proposed: 0,
      debt: 0,
      lots: [lot(june, 150, "2026-06-30"), lot(alsoJune, 100, "2026-06-30"), lot(december, 200, "2026-12-31")],
    });
    counter.hear("grant", "g1", {
      opId: "g1",
      incarnation: counter.store.read((view) => view.identity()?.incarnation ?? ""),
      gno: 1,
      memberId,
      lines: [lot(june, 100, "2026-06-30")],
    });
    expect(value(counter.balance({ memberId })).nextExpiry).toEqual({ points: 250, expiresOn: "2026-06-30" });
    value(counter.tea(memberId));
    expect(value(counter.balance({ memberId })).nextExpiry).toEqual({ points: 170, expiresOn: "2026-06-30" });
    counter.clock.set("2026-07-01T10:00:00+08:00");
    expect(value(counter.balance({ memberId })).nextExpiry).toEqual({ points: 200, expiresOn: "2026-12-31" });
  });
});

describe("all balances at once", () => {
  it("names members by number, and leaves out whom it does not know", () => {
    const counter = openCounter();
    const [a, b] = [counter.member(), counter.member()];
    counter.give(a.memberId, 60);
    expect(counter.balances({})).toEqual({ balances: { [a.memberNumber]: 60, [b.memberNumber]: 0 }, operations: 5 });
    expect(counter.balances({ memberNumbers: [a.memberNumber, "00000000000"] }).balances).toEqual({ [a.memberNumber]: 60 });
  });
});
