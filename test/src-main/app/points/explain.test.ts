import { describe, expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import type { BalanceRecord } from "#shared/contracts/sync/feed.ts";
import { clerk, openCounter, refusal, value } from "#test/support/counter.ts";

type Lapse = NonNullable<BalanceRecord["lapses"]>[number];

const shownFigures = ["balance", "spendableHere", "proposed"] as const;

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
  it.each(shownFigures)("the lines of %s add up to what the pane shows", (figure) => {
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

  it("where the points lie adds up to the balance, and says of each place whose it is", () => {
    const { counter, memberId } = openBusyCounter();
    const { total, lines } = value(counter.explain({ memberId, figure: "places" }));
    expect(total).toBe(value(counter.getMember({ memberId })).balance.balance);
    expect(lines.map(({ kind, points, detail }) => [kind, points, detail])).toEqual([
      ["placeHere", 220, null],
      ["placeHeadOffice", 700, null],
      ["placeBranch", 300, "城西店"],
    ]);
  });

  it("what is set aside, under way elsewhere and owed counts, too, where the points lie", () => {
    const counter = openCounter();
    const { memberId } = counter.member();
    counter.hear("balance", memberId, {
      memberId,
      balance: 150,
      pool: 20,
      rights: [],
      held: 0,
      heldAt: [{ branchId: "branch-b", points: 80 }],
      setAside: [{ branchId: "branch-b", points: 90 }],
      proposed: 0,
      debt: 40,
      lots: [],
    });
    const { total, lines } = value(counter.explain({ memberId, figure: "places" }));
    expect(total).toBe(150);
    expect(lines.map(({ kind, points }) => [kind, points])).toEqual([
      ["placeHeadOffice", 20],
      ["placeHeldAt", 80],
      ["placeSetAside", 90],
      ["debt", -40],
    ]);
  });

  it("when the points expire is told by the day, what lasts for ever at the end", () => {
    const { counter, memberId } = openBusyCounter();
    const shown = value(counter.getMember({ memberId })).balance;
    const { total, lines } = value(counter.explain({ memberId, figure: "expiry" }));
    expect(total).toBe(shown.balance);
    expect(lines.map(({ points, expiresOn }) => ({ points, expiresOn }))).toEqual([shown.nextExpiry, { points: 1_000, expiresOn: null }]);
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

describe("points whose last day is over", () => {
  const lot = (points: number, expiresOn: string | null) => ({ lotId: uuidv7(), points, earnedOn: "2026-01-01", expiresOn });
  const figures = { pool: 350, rights: [{ branchId: "branch-b", points: 100 }], held: 0, setAside: [], proposed: 0, debt: 0 };

  it("are not counted from that instant on, and said to be under confirmation until head office has booked them", () => {
    const counter = openCounter();
    const { memberId } = counter.member();
    const lots = [lot(250, "2026-06-30"), lot(200, "2026-12-31")];
    counter.hear("balance", memberId, { memberId, balance: 450, ...figures, lots });
    counter.clock.set("2026-07-01T03:59:00+08:00");
    expect(value(counter.balance({ memberId }))).toMatchObject({ balance: 450, lapsed: null });
    counter.clock.set("2026-07-01T04:00:00+08:00");
    const shown = value(counter.balance({ memberId }));
    expect(shown).toMatchObject({
      balance: 200,
      atHeadOffice: 100,
      atOtherBranches: [{ branch: "城西店", points: 100 }],
      nextExpiry: { points: 200, expiresOn: "2026-12-31" },
      lapsed: { lapsedOn: "2026-06-30", points: 250, givenBack: 0, isConfirmed: false },
    });
    expect(value(counter.explain({ memberId, figure: "balance" }))).toMatchObject({
      total: 200,
      lines: [
        { kind: "headOfficeFigure", points: 450 },
        { kind: "lapseWaits", points: -250, expiresOn: "2026-06-30" },
      ],
    });
  });

  it("are explained line by line once they are booked, with what came back for them and whom nobody waited for", () => {
    const counter = openCounter();
    const { memberId } = counter.member();
    const newLot = { lotId: uuidv7(), expiresOn: "2026-12-31" };
    const line = {
      lotId: uuidv7(),
      lapsedOn: "2026-06-30",
      bookedOn: "2026-07-15",
      withdrawn: 0,
      newLot: null,
      spentOn: null,
      without: [],
    };
    const exchanged = {
      ...line,
      lapseId: "x",
      what: "exchanged",
      points: 70,
      withdrawn: 10,
      newLot,
      spentOn: "2026-05-05",
    } satisfies Lapse;
    const expired = { ...line, lapseId: "e", what: "expired", points: 250, without: ["branch-b"] } satisfies Lapse;
    const before = { ...expired, lapseId: "b", lapsedOn: "2026-01-31", points: 5 };
    counter.hear("balance", memberId, { memberId, balance: 450, ...figures, lots: [], lapses: [exchanged, expired, before] });
    counter.clock.set("2026-07-16T10:00:00+08:00");
    const { lapsed } = value(counter.balance({ memberId }));
    expect(lapsed).toEqual({ lapsedOn: "2026-06-30", points: 190, givenBack: 60, isConfirmed: true });
    const { total, lines } = value(counter.explain({ memberId, figure: "lapsed" }));
    expect(total).toBe(lapsed?.points);
    expect(lines).toMatchObject([
      { kind: "lapseExpired", points: 250, expiresOn: "2026-06-30", detail: "城西店" },
      { kind: "lapseExchanged", points: -60, expiresOn: "2026-12-31", spentOn: "2026-05-05" },
    ]);
    counter.clock.set("2026-10-16T10:00:00+08:00");
    expect(value(counter.balance({ memberId })).lapsed).toBeNull();
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
