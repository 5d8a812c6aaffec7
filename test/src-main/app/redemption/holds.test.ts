import { describe, expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import type { Operator } from "#shared/domain/staff/roles.ts";
import { verifyFile } from "#main/db/verify/verify.ts";
import { clerk, dataKey, manager, migrationsFolder, openCounter, refusal, teaPlan, value } from "#test/support/counter.ts";
import { twoBranches } from "../../../situations/support/two-branches.ts";

const taker = { kind: "terminal", name: "POS-1" } as const;
const answered = { by: "taker", reference: "000123" } as const;
const foundOut = { by: "person", reason: "the roll of the terminal has it" } as const;

/** A counter with a member who has so many points here. */
function counterWith(points: number) {
  const counter = openCounter();
  const { memberId } = counter.member();
  counter.give(memberId, points);
  const asked = { memberId, planId: "tea", planVersion: 1, taker };
  return {
    ...counter,
    memberId,
    holdTea: (quantity: number, requestId = uuidv7()) => counter.hold({ requestId, ...asked, quantity }, clerk),
    /** Either way to end one, by the terminal's answer unless told otherwise. */
    end: (
      way: "confirmHold" | "cancelHold",
      holdId: string,
      {
        said = answered,
        by = clerk,
        requestId = uuidv7(),
      }: { said?: typeof answered | typeof foundOut; by?: Operator; requestId?: string } = {},
    ) => counter[way]({ requestId, holdId, said }, by),
    here: () => value(counter.balance({ memberId })),
  };
}

describe("a redemption that somebody else carries out", () => {
  it("keeps the points back before anybody is asked, and they are the member's until it is confirmed", () => {
    const counter = counterWith(500);
    const requestId = uuidv7();
    const held = value(counter.holdTea(2, requestId));
    expect(value(counter.holdTea(2, requestId))).toEqual(held);
    expect(counter.here()).toMatchObject({ balance: 500, spendableHere: 340, held: [{ holdId: held.opId, points: 160, taker: "POS-1" }] });
    expect(counter.explain({ memberId: counter.memberId, figure: "held" })).toMatchObject({
      ok: true,
      value: { total: 160, lines: [{ kind: "hold", points: 160, detail: "POS-1" }] },
    });

    expect(value(counter.end("confirmHold", held.opId))).toMatchObject({ points: -160 });
    expect(counter.here()).toMatchObject({ balance: 340, spendableHere: 340, held: [] });
    expect(
      counter
        .journal(clerk)
        .map(({ kind, points, planName }) => [kind, points, planName])
        .slice(0, 2),
    ).toEqual([
      ["redeem", -160, teaPlan.name],
      ["held", null, teaPlan.name],
    ]);
  });

  it("gives them back when it is cancelled, and then they can be spent here again", () => {
    const counter = counterWith(100);
    const { opId } = value(counter.holdTea(1));
    expect(refusal(counter.tea(counter.memberId, 1))).toMatchObject({ code: "INSUFFICIENT_POINTS", spendableHere: 20 });
    value(counter.end("cancelHold", opId));
    expect(counter.here()).toMatchObject({ balance: 100, spendableHere: 100, held: [] });
    value(counter.tea(counter.memberId, 1));
  });

  it("ends once, whichever way came first", () => {
    for (const [first, second, state] of [
      ["confirmHold", "cancelHold", "confirmed"],
      ["cancelHold", "confirmHold", "cancelled"],
    ] as const) {
      const counter = counterWith(500);
      // Another hold of the same lot: the account alone would have enough for a second ending.
      value(counter.holdTea(1));
      const { opId } = value(counter.holdTea(1));
      const requestId = uuidv7();
      const ended = value(counter.end(first, opId, { requestId }));
      expect(value(counter.end(first, opId, { requestId }))).toEqual(ended);
      expect(refusal(counter.end(second, opId))).toEqual({ code: "HOLD_ENDED", state });
      expect(refusal(counter.end(first, opId))).toEqual({ code: "HOLD_ENDED", state });
      expect(refusal(counter.end(second, opId, { requestId }))).toEqual({ code: "REQUEST_ID_REUSED" });
    }
  });

  it("stays held when nobody answers, until a supervisor finds out: the clerk's own word ends nothing", () => {
    const counter = counterWith(500);
    const { opId } = value(counter.holdTea(1));
    counter.clock.set("2026-06-30T10:00:00+08:00");
    expect(counter.listHolds().holds).toMatchObject([{ holdId: opId, points: 80, taker, where: "here", planName: teaPlan.name }]);
    for (const way of ["confirmHold", "cancelHold"] as const)
      expect(refusal(counter.end(way, opId, { said: foundOut }))).toEqual({
        code: "HOLD_NEEDS_SUPERVISOR",
        permission: "hold.settle",
      });
    const lent = { ...clerk, loan: { permission: "hold.settle", lentBy: manager.staffId } } as const;
    const { opId: endedBy } = value(counter.end("confirmHold", opId, { said: foundOut, by: lent }));
    expect(counter.store.read((view) => view.operations.find(endedBy))?.body).toMatchObject({ by: clerk.staffId, second: manager.staffId });
    expect(counter.listHolds().holds).toEqual([]);
  });

  it("is undone like any redemption once it is confirmed, and not before", () => {
    const counter = counterWith(500);
    const { opId: holdId } = value(counter.holdTea(1));
    const undo = (undoes: string) => counter.voidMovement({ requestId: uuidv7(), undoes, reason: "returned" }, clerk);
    expect(refusal(undo(holdId))).toEqual({ code: "NOT_VOIDABLE" });
    const { opId } = value(counter.end("confirmHold", holdId));
    value(undo(opId));
    expect(counter.here()).toMatchObject({ balance: 500, spendableHere: 500 });
    expect(counter.currentShift()).toMatchObject({ total: { redeemed: { count: 0 }, voided: { count: 1 } } });
  });

  it("is refused where a redemption would be, and where a gift would go over the counter", () => {
    const counter = counterWith(100);
    expect(refusal(counter.holdTea(2))).toMatchObject({ code: "INSUFFICIENT_POINTS", costPoints: 160 });
    counter.store.exchange((tx) => tx.putRow("plan", "tea", { ...teaPlan, giftId: "tea-tin" }, 2, 2));
    expect(refusal(counter.holdTea(1))).toEqual({ code: "PLAN_HANDS_OUT_GIFT" });
    expect(refusal(counter.end("confirmHold", uuidv7()))).toEqual({ code: "HOLD_NOT_FOUND" });
  });

  it("leaves books that hold, at each of its steps", () => {
    const counter = counterWith(500);
    const damaged = () => verifyFile(counter.file, dataKey, migrationsFolder).damaged;
    const first = value(counter.holdTea(1)).opId;
    const second = value(counter.holdTea(2)).opId;
    expect(damaged()).toEqual([]);
    value(counter.end("confirmHold", first));
    value(counter.end("cancelHold", second));
    expect(damaged()).toEqual([]);
    counter.database.sqlite.exec(`UPDATE ledger_entry SET amount = amount * 2 WHERE holder LIKE 'HELD:%' AND amount < 0`);
    expect(damaged().map(({ table }) => table)).toContain("lot");
  });
});

describe("what one branch holds", () => {
  const places = twoBranches();

  it("is seen at the other one as held there, and head office counts it once", async () => {
    const { a, b, knownAtBoth, everybodyHears, balanceAt, planAt } = places;
    const { memberId } = await knownAtBoth(400);
    const { planId, version, costPoints } = planAt(a);
    const hold = () =>
      value(a.counter().hold({ requestId: uuidv7(), memberId, planId, planVersion: version, quantity: 1, taker }, a.clerk)).opId;
    const [first, second] = [hold(), hold()];
    const before = balanceAt(a, memberId);
    expect(before.held.map(({ points }) => points)).toEqual([costPoints, costPoints]);
    await everybodyHears();
    const { atHeadOffice, balance, spendableHere, held } = balanceAt(a, memberId);
    expect({ atHeadOffice, balance, spendableHere, held }).toEqual({
      atHeadOffice: before.atHeadOffice,
      balance: before.balance,
      spendableHere: before.spendableHere,
      held: before.held,
    });
    expect(balanceAt(b, memberId)).toMatchObject({ balance: 401, held: [], heldElsewhere: [{ points: 2 * costPoints }] });
    expect(b.counter().listHolds().holds).toEqual([]);

    value(a.counter().confirmHold({ requestId: uuidv7(), holdId: first, said: answered }, a.clerk));
    value(a.counter().cancelHold({ requestId: uuidv7(), holdId: second, said: answered }, a.clerk));
    await everybodyHears();
    expect(a.log().map(({ state }) => state)).not.toContain("quarantined");
    expect(balanceAt(b, memberId)).toMatchObject({ balance: 401 - costPoints, heldElsewhere: [] });
    expect(balanceAt(a, memberId)).toMatchObject({ balance: 401 - costPoints, held: [] });
  });
});
