import { describe, expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import { shiftFigures } from "#shared/domain/shift/figures.ts";
import { clerk, manager, openCounter, otherClerk, refusal, value, type TestCounter } from "#test/support/counter.ts";

/** Two clerks at one counter: joins, awards, a gift, a slip that is undone. */
function busyCounter() {
  const counter = openCounter();
  const { memberId } = counter.member();
  counter.give(memberId, 100);
  value(counter.tea(memberId));
  const slip = counter.give(memberId, 70, otherClerk);
  value(counter.undo(slip.opId, otherClerk));
  counter.give(memberId, 30, otherClerk);
  return { counter, memberId };
}

const close = (counter: TestCounter, by = clerk, requestId = uuidv7()) =>
  counter.closeShift({ requestId, upTo: counter.currentShift().upTo ?? "" }, by);

describe("the open shift", () => {
  it("adds up what everybody did, person by person", () => {
    const { counter } = busyCounter();
    const shift = counter.currentShift();
    expect(shift.people.map(({ name, figures }) => [name, figures.awarded, figures.redeemed, figures.voided])).toEqual([
      ["陈雨桐", { count: 1, points: 100 }, { count: 1, points: -80 }, { count: 0, points: 0 }],
      ["林小满", { count: 1, points: 30 }, { count: 0, points: 0 }, { count: 1, points: -70 }],
    ]);
    expect(shift.total).toMatchObject({ awarded: { count: 2, points: 130 }, membersJoined: { count: 1 }, cardsIssued: { count: 1 } });
    expect(shift.gifts).toEqual([{ planId: "tea", name: { "zh-CN": "龙井茶一罐", "en-US": "Tin of Longjing tea" }, pieces: 1 }]);
  });

  it("says the same numbers as the journal of the day", () => {
    const { counter } = busyCounter();
    const { total, unsent } = counter.currentShift();
    const lines = counter.journal(clerk);
    const sum = (kind: string): number =>
      lines.filter((line) => line.kind === kind && !line.isVoided).reduce((points, line) => points + (line.points ?? 0), 0);
    expect(total.awarded.points).toBe(sum("award"));
    expect(total.redeemed.points).toBe(sum("redeem"));
    expect(total.voided.points).toBe(sum("void"));
    expect(unsent.waiting).toBe(lines.filter(({ state }) => state === "waiting").length);
  });

  it("explains each figure by entries that add up to it, for one person and for all", () => {
    const { counter } = busyCounter();
    const { people, total } = counter.currentShift();
    for (const [staffId, figures] of [[null, total] as const, ...people.map((person) => [person.staffId, person.figures] as const)]) {
      for (const figure of shiftFigures) {
        const lines = counter.shiftLines({ figure, staffId }, clerk);
        const points = lines.reduce((sum, line) => sum + (line.points ?? 0), 0);
        expect({ count: lines.length, points }).toEqual(figures[figure]);
      }
    }
  });

  it("is told by the strip from its first entry on", () => {
    const counter = openCounter();
    const since = () => counter.store.read((view) => view.shift.sinceMs(["points.award"]));
    expect(since()).toBeNull();
    const { memberId } = counter.member();
    counter.clock.atMs += 60_000;
    counter.give(memberId, 10);
    expect(since()).toBe(counter.clock.atMs);
    value(close(counter));
    expect(since()).toBeNull();
  });
});

describe("closing the shift", () => {
  it("writes the figures down, names what head office has not heard, and begins a clear one", () => {
    const { counter } = busyCounter();
    const shown = counter.currentShift();
    const closed = value(close(counter, manager));
    expect(closed).toMatchObject({ closedBy: "赵明远", shift: { people: shown.people, total: shown.total, gifts: shown.gifts } });
    expect(counter.operations().at(-1)).toBe("shift.close");
    const written = counter.store.read((view) => view.operations.find(closed.shiftId))?.body.d;
    expect(written).toMatchObject({ branchId: "branch-a", businessDate: "2026-05-12", unsent: { waiting: 7, quarantined: 0 } });
    expect(counter.currentShift()).toMatchObject({
      upTo: null,
      sinceMs: null,
      people: [],
      before: { closedAtMs: closed.closedAtMs, closedBy: "赵明远" },
    });
  });

  it("leaves what came in after the figures were shown to the next shift", () => {
    const { counter, memberId } = busyCounter();
    const { upTo } = counter.currentShift();
    const late = counter.give(memberId, 55);
    const { shift } = value(counter.closeShift({ requestId: uuidv7(), upTo: upTo ?? "" }, clerk));
    expect(shift.total.awarded.points).toBe(130);
    const next = counter.currentShift();
    expect(next).toMatchObject({ upTo: late.opId, total: { awarded: { count: 1, points: 55 } } });
  });

  it("counts an undoing where it happened, and what it undid where that was made", () => {
    const counter = openCounter();
    const { memberId } = counter.member();
    const award = counter.give(memberId, 60);
    expect(value(close(counter)).shift.total.awarded).toEqual({ count: 1, points: 60 });
    value(counter.undo(award.opId));
    expect(counter.currentShift().total).toMatchObject({ awarded: { count: 0 }, voided: { count: 1, points: -60 } });
  });

  it("goes on after midnight and over days until somebody closes it", () => {
    const counter = openCounter();
    const { memberId } = counter.member();
    counter.give(memberId, 60);
    counter.clock.set("2026-05-14T09:00:00+08:00");
    counter.give(memberId, 40);
    expect(counter.currentShift()).toMatchObject({ businessDate: "2026-05-14", total: { awarded: { count: 2, points: 100 } } });
  });

  it("sent twice is one close, with the same answer", () => {
    const { counter } = busyCounter();
    const asked = { requestId: uuidv7(), upTo: counter.currentShift().upTo ?? "" };
    const first = counter.closeShift(asked, clerk);
    expect(counter.closeShift(asked, clerk)).toEqual(first);
    expect(counter.operations().filter((type) => type === "shift.close")).toHaveLength(1);
    expect(refusal(counter.closeShift({ ...asked, upTo: uuidv7() }, clerk))).toEqual({ code: "REQUEST_ID_REUSED" });
  });

  it("is refused when there is nothing to close, and when a colleague was faster", () => {
    const { counter } = busyCounter();
    const { upTo } = counter.currentShift();
    value(close(counter));
    expect(refusal(close(counter))).toEqual({ code: "SHIFT_EMPTY" });
    expect(refusal(counter.closeShift({ requestId: uuidv7(), upTo: upTo ?? "" }, otherClerk))).toEqual({ code: "SHIFT_CLOSED" });
  });

  it("is found again when the counter starts anew", () => {
    const { counter } = busyCounter();
    const closed = value(close(counter));
    counter.close();
    const again = openCounter({ file: counter.file, clock: counter.clock });
    expect(again.currentShift()).toMatchObject({ upTo: null, before: { closedAtMs: closed.closedAtMs } });
  });
});
