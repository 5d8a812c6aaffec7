import { describe, expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import { clerk, manager, openCounter, value } from "#test/support/counter.ts";

describe("the journal of the day", () => {
  it("tells in people's words what was done, newest first", () => {
    const counter = openCounter();
    const { memberId, memberNumber } = counter.member({ name: "王小明" });
    const purchase = { receiptNumber: "A-1", amountFen: 20_000 };
    value(counter.award({ requestId: uuidv7(), memberId, purchase, ruleId: "purchase", ruleVersion: 1 }, clerk));
    const contract = { receiptNumber: "HT-1", amountFen: 5_000_000 };
    value(counter.award({ requestId: uuidv7(), memberId, purchase: contract, ruleId: "contract", ruleVersion: 1 }, clerk));
    const tea = value(counter.tea(memberId));
    value(counter.undo(tea.opId));
    value(counter.blockCard({ requestId: uuidv7(), memberId, reason: "damaged" }, manager));
    const lines = counter.journal(clerk);
    expect(lines.map(({ kind, points, detail, planName }) => [kind, points, detail, planName?.["en-US"] ?? null])).toEqual([
      ["cardBlocked", null, "damaged", null],
      ["void", 80, null, "Tin of Longjing tea"],
      ["redeem", -80, null, "Tin of Longjing tea"],
      ["proposal", 5, "HT-1", null],
      ["award", 200, "A-1", null],
      ["cardIssued", null, null, null],
      ["memberCreated", null, null, null],
    ]);
    expect(new Set(lines.map((line) => `${line.memberNumber} ${line.name} ${line.state}`))).toEqual(
      new Set([`${memberNumber} 王小明 waiting`]),
    );
    expect(lines.map(({ operator }) => operator)).toEqual(["赵明远", ...Array.from({ length: 6 }, () => "陈雨桐")]);
  });

  it("shows what became of each line at head office", () => {
    const counter = openCounter();
    const { memberId } = counter.member();
    counter.give(memberId, 60);
    const states = ["applied", "flagged", "quarantined"] as const;
    counter.store.exchange((tx) =>
      tx.settle(
        3,
        states.map((state, i) => ({ seq: i + 1, state, code: state === "applied" ? null : "LOOK", settle: null })),
      ),
    );
    expect(counter.journal(clerk).map(({ state, stateCode }) => [state, stateCode])).toEqual([
      ["quarantined", "LOOK"],
      ["flagged", "LOOK"],
      ["confirmed", null],
    ]);
  });

  it("offers to undo only to those who may", () => {
    const counter = openCounter();
    counter.give(counter.member().memberId, 60);
    expect(counter.journal(clerk)[0]?.canVoid).toBe(true);
    expect(counter.journal({ ...clerk, isRestricted: true })[0]?.canVoid).toBe(false);
  });
});
