import { describe, expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import { cardNumber, clerk, manager, newStationFile, openCounter, refusal, value } from "#test/support/counter.ts";

const names = (counter: ReturnType<typeof openCounter>): string[] => counter.listWaiting().members.map(({ name }) => name);

/** Three people who joined one after the other and wait for their card. */
function queue(file = newStationFile()) {
  const counter = openCounter({ file });
  const people = ["王一", "李二", "张三"].map((name, i) => {
    counter.clock.set(`2026-05-12T10:0${i}:00+08:00`);
    return counter.member({ name, card: null });
  });
  let next = 70_000 + Math.trunc(performance.now());
  return {
    counter,
    people,
    issue: (i: number, number = cardNumber((next += 1))) => {
      const requestId = uuidv7();
      value(counter.issueCard({ requestId, memberId: people[i]?.memberId ?? "", card: { number } }, clerk));
      return requestId;
    },
  };
}

describe("issuing cards in a row", () => {
  it("begins with who waits longest, and counts those who are left", () => {
    const { counter, issue } = queue();
    expect(names(counter)).toEqual(["王一", "李二", "张三"]);
    issue(0);
    expect(counter.listWaiting()).toMatchObject({ total: 2, members: [{ name: "李二" }, { name: "张三" }] });
  });

  it("goes on where it stopped when the power went", () => {
    const file = newStationFile();
    const { counter, issue } = queue(file);
    issue(0);
    counter.close();
    expect(names(openCounter({ file }))).toEqual(["李二", "张三"]);
  });

  it("does not wait for somebody whose card was lost: they come by themselves", () => {
    const { counter, issue, people } = queue();
    issue(0);
    value(counter.blockCard({ requestId: uuidv7(), memberId: people[0]?.memberId ?? "", reason: "lost" }, manager));
    expect(names(counter)).toEqual(["李二", "张三"]);
  });

  it("takes the last one back: the card is void, and the member is next again", () => {
    const { counter, issue } = queue();
    const number = cardNumber(60_001);
    const opId = issue(0, number);
    const intent = { requestId: uuidv7(), undoes: opId };
    const taken = counter.undoIssue(intent, clerk);
    expect(value(taken).card).toMatchObject({ state: "blocked", blockedReason: "misissued" });
    expect(counter.undoIssue(intent, clerk)).toEqual(taken);
    expect(names(counter)).toEqual(["王一", "李二", "张三"]);
    expect(refusal(counter.identifyCard({ card: { number: "1234" } }))).toEqual({ code: "CARD_NOT_RECOGNISED" });
    expect(() => issue(1, number)).toThrow("CARD_TAKEN");
  });

  it("takes nothing back twice, nor what somebody else did, nor tomorrow", () => {
    const { counter, issue } = queue();
    const undo = (undoes: string, by = clerk) => counter.undoIssue({ requestId: uuidv7(), undoes }, by);
    const opId = issue(0);
    expect(refusal(undo(uuidv7()))).toEqual({ code: "OPERATION_NOT_FOUND" });
    expect(refusal(undo(opId, manager))).toEqual({ code: "NOT_VOIDABLE" });
    value(undo(opId));
    expect(refusal(undo(opId))).toEqual({ code: "ALREADY_VOIDED" });
    const late = issue(1);
    counter.clock.set("2026-05-13T10:00:00+08:00");
    expect(refusal(undo(late))).toEqual({ code: "VOID_WINDOW_CLOSED", businessDate: "2026-05-12" });
  });
});
