import { describe, expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import { clerk, manager, openCounter, refusal, teaPlan, value, type TestCounter } from "#test/support/counter.ts";

const tea = { kind: "gift", id: "tea-tin" } as const;

/** A counter whose plan hands out tins of tea from a shelf. */
function teaShop(tins: number) {
  const counter = openCounter();
  counter.hear("gift", "tea-tin", { giftId: "tea-tin", name: { "zh-CN": "龙井茶", "en-US": "Longjing tea" }, lowAt: 3 });
  counter.hear("plan", "tea", { ...teaPlan, giftId: "tea-tin" });
  if (tins > 0) value(counter.receiveGifts({ requestId: uuidv7(), giftId: "tea-tin", pieces: tins }, manager));
  const { memberId } = counter.member();
  counter.give(memberId, 500);
  return { counter, memberId };
}
const shelf = (counter: TestCounter) => counter.listStock().find(({ item }) => item.id === "tea-tin");
const count = (counter: TestCounter, counted: number, expected: number) =>
  counter.countStock({ requestId: uuidv7(), item: tea, counted, expected }, manager);

describe("a gift", () => {
  it("leaves the shelf with the points, and comes back with them", () => {
    const { counter, memberId } = teaShop(10);
    const { opId } = value(counter.tea(memberId, 2));
    expect(shelf(counter)).toMatchObject({ onHand: 8, isLow: false, mustBeCounted: false });
    expect(counter.listPlans()[0]?.shelf).toMatchObject({ onHand: 8 });
    value(counter.undo(opId));
    expect(shelf(counter)).toMatchObject({ onHand: 10 });
    expect(counter.listStockMoves({ item: tea }).map(({ why, pieces, by }) => [why, pieces, by])).toEqual([
      ["givenBack", 2, "陈雨桐"],
      ["handedOut", -2, "陈雨桐"],
      ["received", 10, "赵明远"],
    ]);
  });

  it("leaves the shelf once when the form is sent twice", () => {
    const { counter, memberId } = teaShop(10);
    const requestId = uuidv7();
    value(counter.tea(memberId, 1, requestId));
    value(counter.tea(memberId, 1, requestId));
    expect(shelf(counter)?.onHand).toBe(9);
  });

  it("that the books do not have is refused, with no point taken", () => {
    const { counter, memberId } = teaShop(1);
    expect(refusal(counter.tea(memberId, 2))).toEqual({
      code: "GIFT_SHORT",
      onHand: 1,
      asOfMs: counter.clock.nowMs(),
      permission: "gift.hand_out_short",
    });
    expect(value(counter.balance({ memberId })).balance).toBe(500);
    expect(shelf(counter)?.onHand).toBe(1);
  });

  /** The clerk, beside whom the manager stands for this act. */
  const supervised = { ...clerk, loan: { permission: "gift.hand_out_short", lentBy: manager.staffId } } as const;
  const twoTins = (memberId: string) => ({ requestId: uuidv7(), memberId, planId: "tea", planVersion: 1, quantity: 2 });

  it("that the books do not have goes over the counter when a second person saw it, and then the shelf must be counted", () => {
    const { counter, memberId } = teaShop(1);
    value(counter.redeem(twoTins(memberId), supervised));
    expect(shelf(counter)).toMatchObject({ onHand: -1, mustBeCounted: true });
    expect(counter.listStockMoves({ item: tea })[0]).toMatchObject({ why: "handedOut", by: "陈雨桐", secondPerson: "赵明远" });
    value(count(counter, 0, -1));
    expect(shelf(counter)).toMatchObject({ onHand: 0, mustBeCounted: false, lastCount: { counted: 0, expected: -1, by: "赵明远" } });
  });

  it("is not let go by a manager alone, who counts the shelf instead", () => {
    const { counter, memberId } = teaShop(1);
    expect(refusal(counter.redeem(twoTins(memberId), manager))).toMatchObject({ code: "GIFT_SHORT" });
    value(count(counter, 4, 1));
    value(counter.redeem(twoTins(memberId), manager));
    expect(shelf(counter)).toMatchObject({ onHand: 2, mustBeCounted: false });
  });

  it("names no second person when the books had it after all", () => {
    const { counter, memberId } = teaShop(5);
    value(counter.redeem(twoTins(memberId), supervised));
    expect(shelf(counter)).toMatchObject({ onHand: 3, mustBeCounted: false });
    expect(counter.listStockMoves({ item: tea })[0]?.secondPerson).toBeNull();
  });
});

describe("counting", () => {
  it("says what lies there from then on", () => {
    const { counter, memberId } = teaShop(10);
    value(count(counter, 9, 10));
    value(counter.tea(memberId));
    expect(shelf(counter)).toMatchObject({ onHand: 8, lastCount: { counted: 9, expected: 10 } });
  });

  it("is asked for once more when the books changed while the difference was shown", () => {
    const { counter, memberId } = teaShop(10);
    value(counter.tea(memberId));
    expect(refusal(count(counter, 9, 10))).toEqual({ code: "STOCK_CHANGED", onHand: 9 });
    value(count(counter, 9, 9));
  });

  it("waits while the clock is in doubt, which would put it before other people's work", () => {
    const { counter } = teaShop(10);
    counter.clock.read = { off: 600_000, err: 0, doubt: true };
    expect(refusal(count(counter, 9, 10))).toEqual({ code: "CLOCK_IN_DOUBT" });
  });

  it("is written once when it is confirmed twice", () => {
    const { counter } = teaShop(10);
    const intent = { requestId: uuidv7(), item: tea, counted: 9, expected: 10 };
    const first = counter.countStock(intent, manager);
    expect(counter.countStock(intent, manager)).toEqual(first);
    expect(refusal(counter.countStock({ ...intent, counted: 8 }, manager))).toEqual({ code: "REQUEST_ID_REUSED" });
    expect(counter.operations().filter((type) => type === "stock.count")).toHaveLength(1);
  });
});

describe("the shelf", () => {
  it("is low below its mark, and what must be counted stands first", () => {
    const { counter } = teaShop(3);
    counter.hear("gift", "umbrella", { giftId: "umbrella", name: { "zh-CN": "伞", "en-US": "Umbrella" }, lowAt: 0 });
    expect(shelf(counter)?.isLow).toBe(false);
    value(counter.takeOutGifts({ requestId: uuidv7(), giftId: "umbrella", pieces: 1, why: "damaged" }, manager));
    value(counter.takeOutGifts({ requestId: uuidv7(), giftId: "tea-tin", pieces: 1, why: "lost" }, manager));
    expect(counter.listStock().map(({ item, onHand, isLow, mustBeCounted }) => [item.id, onHand, isLow, mustBeCounted])).toEqual([
      ["umbrella", -1, true, true],
      ["tea-tin", 2, true, false],
    ]);
  });

  it("has nothing that head office never named", () => {
    const { counter } = teaShop(0);
    expect(refusal(counter.receiveGifts({ requestId: uuidv7(), giftId: "bicycle", pieces: 1 }, manager))).toEqual({
      code: "ITEM_NOT_FOUND",
    });
  });

  it("sends a parcel to another branch, and to no other place", () => {
    const { counter } = teaShop(10);
    const parcel = (toBranchId: string) => counter.sendGifts({ requestId: uuidv7(), giftId: "tea-tin", pieces: 4, toBranchId }, manager);
    expect(refusal(parcel("branch-a"))).toEqual({ code: "BRANCH_NOT_FOUND" });
    expect(refusal(parcel("nowhere"))).toEqual({ code: "BRANCH_NOT_FOUND" });
    expect(value(parcel("branch-b")).onHand).toBe(6);
    expect(counter.listStockMoves({ item: tea })[0]).toMatchObject({ why: "sent", pieces: -4, otherBranch: "城西店" });
    expect(counter.listOtherBranches()).toEqual([{ branchId: "branch-b", name: "城西店" }]);
  });

  it("tells the close of the day what became of each gift today", () => {
    const { counter, memberId } = teaShop(10);
    counter.clock.set("2026-05-13T10:00:00+08:00");
    value(counter.receiveGifts({ requestId: uuidv7(), giftId: "tea-tin", pieces: 5 }, manager));
    value(counter.undo(value(counter.tea(memberId, 2)).opId));
    value(counter.tea(memberId, 1));
    value(counter.takeOutGifts({ requestId: uuidv7(), giftId: "tea-tin", pieces: 1, why: "damaged" }, manager));
    expect(counter.todaysGifts()).toMatchObject([{ received: 5, handedOut: 3, givenBack: 2, takenOut: 1, onHand: 13 }]);
  });
});
