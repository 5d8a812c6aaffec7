import { describe, expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import { cardNumber, clerk, manager, openCounter, refusal, value, type TestCounter } from "#test/support/counter.ts";

const base = 50_000;
const card = (n: number): string => cardNumber(base + n);
const typed = (n: number) => ({ number: card(n) });
const range = (branchId: string, first: number, last: number) => ({
  rangeId: `${branchId}-${first}`,
  branchId,
  cardKind: "ordinary",
  first: card(first),
  last: card(last),
  lowAt: 20,
});

/** A counter of branch A, to which head office gave a hundred cards, and as many to branch B. */
function drawer() {
  const counter = openCounter();
  for (const each of [range("branch-a", 1, 100), range("branch-b", 101, 200)]) counter.hear("cardRange", each.rangeId, each);
  return counter;
}
const receive = (counter: TestCounter, first: number, last: number) =>
  counter.receiveCards({ requestId: uuidv7(), first: typed(first), last: typed(last) }, manager);
const discard = (counter: TestCounter, first: number, last = first) =>
  counter.discardCards({ requestId: uuidv7(), first: typed(first), last: typed(last), why: "damaged" }, manager);
const issue = (counter: TestCounter, n: number) => {
  const { memberId } = counter.member({ card: null });
  return counter.issueCard({ requestId: uuidv7(), memberId, card: typed(n) }, clerk);
};

describe("blank cards", () => {
  it("are counted by their numbers: received, less those that members got and those that were spoilt", () => {
    const counter = drawer();
    expect(value(counter.cardsBetween({ first: typed(1), last: typed(50) }))).toMatchObject({ cards: 50 });
    expect(value(receive(counter, 50, 1)).onHand).toBe(50);
    value(issue(counter, 1));
    expect(value(discard(counter, 2, 4)).onHand).toBe(46);
    expect(counter.listStockMoves({ item: { kind: "card", id: "ordinary" } })).toMatchObject([
      { why: "damaged", pieces: -3, cards: { firstLast4: card(2).slice(-4), lastLast4: card(4).slice(-4) } },
      { why: "received", pieces: 50 },
    ]);
  });

  it("run low below the mark that head office gave with them", () => {
    const counter = drawer();
    expect(value(receive(counter, 1, 20)).isLow).toBe(false);
    value(issue(counter, 7));
    expect(counter.listStock()).toMatchObject([{ item: { kind: "card", id: "ordinary" }, onHand: 19, isLow: true }]);
  });

  it("of another branch are not handed out, and it is said whose they are", () => {
    expect(refusal(issue(drawer(), 150))).toEqual({ code: "CARD_OF_OTHER_BRANCH", branch: "城西店" });
  });

  it("of no branch are not handed out, once head office says whose cards are whose", () => {
    expect(refusal(issue(drawer(), 900))).toEqual({ code: "CARD_NOT_ASSIGNED" });
  });

  it("that are in the hand are handed out also before the box was entered", () => {
    expect(issue(drawer(), 30).ok).toBe(true);
  });

  it("that were spoilt are not handed out, and not spoilt once more", () => {
    const counter = drawer();
    value(receive(counter, 1, 50));
    value(discard(counter, 9));
    expect(refusal(issue(counter, 9))).toEqual({ code: "CARD_DISCARDED" });
    expect(refusal(discard(counter, 5, 12))).toEqual({ code: "CARD_DISCARDED" });
  });

  it("are not discarded when a member has one of them", () => {
    const counter = drawer();
    value(receive(counter, 1, 50));
    value(issue(counter, 9));
    expect(refusal(discard(counter, 5, 12))).toEqual({ code: "CARDS_IN_USE", cards: 1 });
  });

  it("come into the drawer once, however often the box is entered", () => {
    const counter = drawer();
    const intent = { requestId: uuidv7(), first: typed(1), last: typed(50) };
    const first = counter.receiveCards(intent, manager);
    expect(counter.receiveCards(intent, manager)).toEqual(first);
    expect(refusal(receive(counter, 50, 60))).toEqual({ code: "CARDS_RECEIVED" });
    expect(refusal(receive(counter, 120, 130))).toEqual({ code: "CARD_OF_OTHER_BRANCH", branch: "城西店" });
    expect(refusal(receive(counter, 90, 110))).toEqual({ code: "CARD_NOT_ASSIGNED" });
    expect(counter.listStock()[0]?.onHand).toBe(50);
  });

  it("are received by swiping the first and the last one", () => {
    const counter = drawer();
    const [first, last] = [1, 80].map((n) => ({ handle: counter.ports.handles.keep(card(n)) }));
    if (!first || !last) throw new Error("two handles were asked for");
    expect(value(counter.receiveCards({ requestId: uuidv7(), first, last }, manager)).onHand).toBe(80);
  });

  it("that a count misses are looked for, until those lost are recorded", () => {
    const counter = drawer();
    value(receive(counter, 1, 50));
    const item = { kind: "card", id: "ordinary" } as const;
    expect(value(counter.countStock({ requestId: uuidv7(), item, counted: 49, expected: 50 }, manager))).toMatchObject({
      onHand: 50,
      mustBeCounted: true,
    });
    counter.clock.set("2026-05-12T10:05:00+08:00");
    expect(value(discard(counter, 33))).toMatchObject({ onHand: 49, mustBeCounted: false });
  });
});
