import { describe, expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import { makeRelease } from "#main/app/exchange/release.ts";
import { toWire } from "#shared/contracts/sync/operation-wire.ts";
import { pushRequest } from "#shared/contracts/sync/wire.ts";
import { clerk, openCounter, ownIncarnation, refusal, teaPlan, value } from "#test/support/counter.ts";

describe("a redemption", () => {
  it("spends once when the card is swiped twice", () => {
    const counter = openCounter();
    const { memberId } = counter.member();
    counter.give(memberId, 500);
    const requestId = uuidv7();
    const first = counter.tea(memberId, 2, requestId);
    expect(counter.tea(memberId, 2, requestId)).toEqual(first);
    expect(first).toMatchObject({ ok: true, value: { points: -160, member: { balance: { balance: 340, spendableHere: 340 } } } });
    expect(counter.operations()).toEqual(["member.create", "card.issue", "points.award", "points.redeem"]);
  });

  it("is refused when the form's id comes back with another quantity", () => {
    const counter = openCounter();
    const { memberId } = counter.member();
    counter.give(memberId, 500);
    const requestId = uuidv7();
    value(counter.tea(memberId, 1, requestId));
    expect(refusal(counter.tea(memberId, 2, requestId))).toEqual({ code: "REQUEST_ID_REUSED" });
  });

  it("beyond what is here is refused, says where the rest lies, and writes nothing", () => {
    const counter = openCounter();
    const { memberId } = counter.member();
    counter.give(memberId, 900);
    const rows = (table: string): unknown[] => counter.database.sqlite.prepare(`SELECT * FROM ${table}`).all();
    const tables = ["operation", "operation_state", "ledger_entry", "right_held", "lot"];
    const before = tables.map(rows);
    expect(refusal(counter.tea(memberId, 7))).toEqual({
      code: "INSUFFICIENT_POINTS",
      costPoints: 560,
      spendableHere: 500,
      balance: 900,
      atHeadOffice: 400,
      lineIsUp: false,
    });
    expect(tables.map(rows)).toEqual(before);
    counter.line.up = true;
    expect(refusal(counter.tea(memberId, 7))).toMatchObject({ lineIsUp: true });
  });

  it("takes the points that lapse first", () => {
    const counter = openCounter();
    const { memberId } = counter.member();
    counter.clock.set("2026-05-13T10:00:00+08:00");
    const later = counter.give(memberId, 100);
    counter.clock.set("2026-05-12T10:00:00+08:00");
    const sooner = counter.give(memberId, 100);
    const { opId } = value(counter.tea(memberId, 2));
    const paid = counter.store.read((view) => view.operations.find(opId));
    expect(paid?.body.d).toMatchObject({
      lines: [
        { lotId: sooner.opId, points: 100 },
        { lotId: later.opId, points: 60 },
      ],
    });
  });

  it("does not touch points that lapsed yesterday, and the pane no longer counts them as spendable", () => {
    const counter = openCounter();
    const { memberId } = counter.member();
    counter.give(memberId, 100);
    counter.clock.set("2027-05-13T03:59:00+08:00");
    expect(value(counter.balance({ memberId })).spendableHere).toBe(100);
    counter.clock.set("2027-05-13T04:00:00+08:00");
    expect(value(counter.balance({ memberId }))).toMatchObject({ spendableHere: 0, nextExpiry: null });
    expect(refusal(counter.tea(memberId))).toMatchObject({ code: "INSUFFICIENT_POINTS", spendableHere: 0 });
  });

  it("of more lots than one operation can carry is made in two goes, and so is giving them back", () => {
    const counter = openCounter();
    const { memberId } = counter.member();
    const lines = Array.from({ length: 2_100 }, () => ({ lotId: uuidv7(), points: 1, earnedOn: "2026-05-01", expiresOn: "2026-06-30" }));
    counter.hear("grant", "g", { opId: uuidv7(), incarnation: ownIncarnation, gno: 1, memberId, lines });
    expect(refusal(counter.tea(memberId, 26))).toMatchObject({ code: "INSUFFICIENT_POINTS", costPoints: 2_080, spendableHere: 2_000 });
    value(counter.tea(memberId, 1));
    value(counter.undo(value(counter.tea(memberId, 25)).opId));
    counter.clock.set("2026-07-01T10:00:00+08:00");
    makeRelease(counter.ports)();

    expect(counter.operations().slice(2)).toEqual([
      "points.redeem",
      "points.redeem",
      "points.void_redeem",
      "rights.release",
      "rights.release",
    ]);
    const { operations } = counter.store.exchange((tx) => tx.outbox(0, { maxOperations: 10, maxBytes: 10_000_000 }));
    for (const op of operations) expect(pushRequest.shape.ops.safeParse([toWire(op)]).success).toBe(true);
  });

  it("is not charged at a price that changed under the hand", () => {
    const counter = openCounter();
    const { memberId } = counter.member();
    counter.give(memberId, 500);
    counter.hear("plan", "tea", { ...teaPlan, version: 2, costPoints: 95 });
    expect(refusal(counter.tea(memberId))).toEqual({ code: "PLAN_CHANGED", costPoints: 95, version: 2 });
    expect(counter.operations()).toHaveLength(3);
  });

  it("is refused outside the days of the plan, and for a plan that there is not", () => {
    const counter = openCounter();
    const { memberId } = counter.member();
    counter.give(memberId, 500);
    counter.hear("plan", "tea", { ...teaPlan, closesOn: "2026-05-11" });
    expect(refusal(counter.tea(memberId))).toEqual({ code: "PLAN_NOT_OPEN", opensOn: "2026-01-01", closesOn: "2026-05-11" });
    expect(counter.listPlans()).toEqual([]);
    const other = { requestId: uuidv7(), memberId, planId: "hamper", planVersion: 1, quantity: 1 };
    expect(refusal(counter.redeem(other, clerk))).toEqual({ code: "PLAN_NOT_FOUND" });
  });

  it("is refused with a blocked card", () => {
    const counter = openCounter();
    const { memberId } = counter.member();
    counter.give(memberId, 500);
    value(counter.blockCard({ requestId: uuidv7(), memberId, reason: "stolen" }, clerk));
    expect(refusal(counter.tea(memberId))).toEqual({ code: "CARD_BLOCKED" });
    expect(value(counter.getMember({ memberId })).balance.balance).toBe(500);
  });
});

it("plans are listed cheapest first, with their names in both languages", () => {
  const counter = openCounter();
  counter.hear("plan", "cup", { ...teaPlan, planId: "cup", costPoints: 20, name: { "zh-CN": "杯子", "en-US": "Cup" } });
  expect(counter.listPlans().map(({ planId, name }) => [planId, name["en-US"]])).toEqual([
    ["cup", "Cup"],
    ["tea", "Tin of Longjing tea"],
  ]);
});
