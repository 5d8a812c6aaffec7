import { describe, expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import { clerk, manager, otherClerk, openCounter, refusal, value } from "#test/support/counter.ts";

describe("undoing an award", () => {
  it("takes it back, once, and stands in the journal", () => {
    const counter = openCounter();
    const { memberId } = counter.member();
    const award = counter.give(memberId, 60);
    const undone = value(counter.undo(award.opId));
    expect(undone).toMatchObject({ points: -60, member: { balance: { balance: 0, spendableHere: 0 } } });
    expect(refusal(counter.undo(award.opId))).toEqual({ code: "ALREADY_VOIDED" });
    expect(counter.journal(clerk).map(({ kind, points, isVoided, canVoid }) => ({ kind, points, isVoided, canVoid }))).toEqual([
      { kind: "void", points: -60, isVoided: false, canVoid: false },
      { kind: "award", points: 60, isVoided: true, canVoid: false },
      { kind: "cardIssued", points: null, isVoided: false, canVoid: false },
      { kind: "memberCreated", points: null, isVoided: false, canVoid: false },
    ]);
  });

  it("answers the same when the form is sent twice, and nothing else under the same id", () => {
    const counter = openCounter();
    const { memberId } = counter.member();
    const [award, other] = [counter.give(memberId, 60), counter.give(memberId, 70)];
    const asked = { requestId: uuidv7(), undoes: award.opId, reason: "typed twice" };
    const first = counter.voidMovement(asked, clerk);
    expect(first).toMatchObject({ ok: true, value: { points: -60 } });
    expect(counter.voidMovement(asked, clerk)).toEqual(first);
    expect(refusal(counter.voidMovement({ ...asked, undoes: other.opId }, clerk))).toEqual({ code: "REQUEST_ID_REUSED" });
    expect(refusal(counter.voidMovement({ ...asked, reason: "another" }, clerk))).toEqual({ code: "REQUEST_ID_REUSED" });
  });

  it("of points that were spent already leaves the balance below zero, and the rest to head office", () => {
    const counter = openCounter();
    const { memberId } = counter.member();
    const award = counter.give(memberId, 100);
    value(counter.tea(memberId));
    const undone = value(counter.undo(award.opId));
    expect(undone.points).toBe(-100);
    expect(undone.member.balance).toMatchObject({ balance: -80, spendableHere: 0, atHeadOffice: 0 });
    const written = counter.store.read((view) => view.operations.find(undone.opId));
    expect(written?.body.d).toMatchObject({ points: 100, fromRight: 20, rest: 80 });
  });

  it("of which a part lay at head office leaves that part for head office to take", () => {
    const counter = openCounter();
    const { memberId } = counter.member();
    const award = counter.give(memberId, 800);
    const undone = value(counter.undo(award.opId));
    expect(undone.member.balance).toMatchObject({ balance: 0, spendableHere: 0, atHeadOffice: 0 });
    expect(counter.store.read((view) => view.operations.find(undone.opId))?.body.d).toMatchObject({ fromRight: 500, rest: 300 });
  });
});

describe("undoing a redemption", () => {
  it("gives the points back to the lots they came from", () => {
    const counter = openCounter();
    const { memberId } = counter.member();
    const [a, b] = [counter.give(memberId, 50), counter.give(memberId, 60)];
    const { opId } = value(counter.tea(memberId));
    const undone = value(counter.undo(opId));
    expect(undone).toMatchObject({ points: 80, member: { balance: { balance: 110, spendableHere: 110 } } });
    const held = counter.store.read((view) => [view.rights.heldOf(a.opId), view.rights.heldOf(b.opId)]);
    expect(held).toEqual([50, 60]);
  });
});

describe("undoing what somebody else made", () => {
  it("is a manager's right, and the manager's own doing", () => {
    const counter = openCounter();
    const { opId } = counter.give(counter.member().memberId, 60);
    const { opId: undoing } = value(counter.undo(opId, manager));
    expect(counter.store.read((view) => view.operations.find(undoing))?.body).toMatchObject({ by: manager.staffId });
    expect(counter.journal(clerk)[0]).toMatchObject({ operator: "赵明远", second: null });
  });

  it("names the supervisor who lent the right, beside the one who did it", () => {
    const counter = openCounter();
    const { opId } = counter.give(counter.member().memberId, 60);
    const { opId: undoing } = value(
      counter.undo(opId, { ...otherClerk, loan: { permission: "points.void_others", lentBy: manager.staffId } }),
    );
    expect(counter.store.read((view) => view.operations.find(undoing))?.body).toMatchObject({
      by: otherClerk.staffId,
      second: manager.staffId,
    });
    expect(counter.journal(clerk)[0]).toMatchObject({ kind: "void", second: "赵明远" });
  });
});

describe("undoing is refused", () => {
  it("to another clerk, who is told a name to call and what a supervisor may lend", () => {
    const counter = openCounter();
    const { opId } = counter.give(counter.member().memberId, 60);
    expect(refusal(counter.undo(opId, otherClerk))).toEqual({
      code: "NOT_THE_AUTHOR",
      author: "陈雨桐",
      permission: "points.void_others",
    });
    expect(counter.journal(otherClerk)[0]).toMatchObject({ opId, canVoid: false, needsSupervisor: true, operator: "陈雨桐" });
    expect(counter.journal(clerk)[0]).toMatchObject({ opId, canVoid: true, needsSupervisor: false });
  });

  it("from the next business day on, which begins at four", () => {
    const counter = openCounter();
    counter.clock.set("2026-05-12T23:00:00+08:00");
    const { memberId } = counter.member();
    const [late, later] = [counter.give(memberId, 60), counter.give(memberId, 70)];
    counter.clock.set("2026-05-13T03:59:00+08:00");
    expect(counter.undo(late.opId).ok).toBe(true);
    counter.clock.set("2026-05-13T04:00:00+08:00");
    expect(refusal(counter.undo(later.opId))).toEqual({ code: "VOID_WINDOW_CLOSED", businessDate: "2026-05-12" });
    expect(counter.journal(clerk)).toEqual([]);
  });

  it("while nobody knows what day it is", () => {
    const counter = openCounter();
    const { opId } = counter.give(counter.member().memberId, 60);
    counter.clock.read = { off: 300_000, err: 20, doubt: true };
    expect(refusal(counter.undo(opId))).toEqual({ code: "CLOCK_IN_DOUBT" });
    expect(counter.journal(clerk)[0]).toMatchObject({ canVoid: false });
  });

  it("for what is no movement, what was never written, and a void itself", () => {
    const counter = openCounter();
    const { memberId } = counter.member();
    const undone = value(counter.undo(counter.give(memberId, 60).opId));
    const issued = counter.journal(clerk).find(({ kind }) => kind === "cardIssued");
    expect(refusal(counter.undo(issued?.opId ?? ""))).toEqual({ code: "NOT_VOIDABLE" });
    expect(refusal(counter.undo(uuidv7()))).toEqual({ code: "OPERATION_NOT_FOUND" });
    expect(refusal(counter.undo(undone.opId))).toEqual({ code: "NOT_VOIDABLE" });
  });

  it("for what was written before the database was put back: head office closed those books", () => {
    const counter = openCounter();
    const { opId } = counter.give(counter.member().memberId, 60);
    counter.store.exchange((tx) => tx.beginLife("00000000000000b2"));
    expect(refusal(counter.undo(opId))).toEqual({ code: "NOT_VOIDABLE" });
    expect(counter.journal(clerk)[0]).toMatchObject({ canVoid: false });
  });
});
