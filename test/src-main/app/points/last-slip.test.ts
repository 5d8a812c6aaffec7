import { describe, expect, it } from "vitest";
import { readSlip } from "#shared/domain/operations/slip-number.ts";
import { clerk, manager, openCounter, value } from "#test/support/counter.ts";

describe("the slip of the last act", () => {
  it("says what was done and what the member has, and of the person only what a stranger may read", () => {
    const counter = openCounter();
    const { memberId, memberNumber, card } = counter.member({ name: "王小明" });
    counter.give(memberId, 300);
    const { opId, slip: number } = value(counter.tea(memberId));
    const slip = counter.lastSlip(manager);
    expect(slip).toMatchObject({
      opId,
      slip: number,
      kind: "redeem",
      points: -80,
      planName: { "en-US": "Tin of Longjing tea" },
      memberNumber,
      nameMasked: "王**",
      cardLast4: card?.last4,
      branch: "城东店",
      stationNumber: 1,
      operator: clerk.displayName,
      balance: 220,
      asOfMs: null,
      isVoided: false,
    });
    expect(JSON.stringify(slip)).not.toContain("小明");
  });

  it("has the number by which another counter can ask for it to be undone", () => {
    const counter = openCounter();
    const { memberId } = counter.member();
    const { opId } = counter.give(memberId, 60);
    const number = readSlip(counter.lastSlip(clerk)?.slip ?? "");
    expect(number).toMatchObject({ replica: 1, tail: opId.slice(-4) });
  });

  it("is of the undoing once the act was undone", () => {
    const counter = openCounter();
    const { memberId } = counter.member();
    const { opId } = counter.give(memberId, 60);
    value(counter.undo(opId));
    expect(counter.lastSlip(clerk)).toMatchObject({ kind: "void", points: -60, balance: 0 });
  });

  it("is none before anything was done today", () => {
    const counter = openCounter();
    expect(counter.lastSlip(clerk)).toBeNull();
    counter.member();
    counter.clock.atMs += 24 * 60 * 60 * 1000;
    expect(counter.lastSlip(clerk)).toBeNull();
  });
});
