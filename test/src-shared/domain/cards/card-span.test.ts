import { describe, expect, it } from "vitest";
import { cardNumberOf } from "#shared/domain/cards/card-number.ts";
import { cardsIn, doOverlap, firstFree, isWithin, spanBetween, spansLeft, type CardSpan } from "#shared/domain/cards/card-span.ts";

const kind = { kind: "ordinary", prefix: "8888", length: 12, check: "luhn" } as const;
const numbered = (n: number): string => cardNumberOf(kind, n);
const from = (first: number, last: number): CardSpan => ({ first: numbered(first), last: numbered(last) });
const counts = (spans: readonly CardSpan[]): number[] => spans.map((span) => cardsIn(kind, span));

describe("cards that follow each other", () => {
  it("are the same box whichever end is swiped first", () => {
    expect(spanBetween(numbered(100), numbered(1))).toEqual(from(1, 100));
  });

  it("count from card to card, whatever the check digits do", () => {
    expect(cardsIn(kind, from(1, 100))).toBe(100);
    expect(cardsIn(kind, from(7, 7))).toBe(1);
  });

  it("count right where nineteen digits are more than a number holds", () => {
    const long = { ...kind, length: 19, check: "none" } as const;
    expect(cardsIn(long, { first: "8888999999999999998", last: "8888999999999999999" })).toBe(2);
  });

  it("hold a card of another length never", () => {
    expect(isWithin(numbered(50), from(1, 100))).toBe(true);
    expect(isWithin(numbered(101), from(1, 100))).toBe(false);
    expect(isWithin(`${numbered(50)}0`, from(1, 100))).toBe(false);
  });

  it("overlap in as little as one card", () => {
    expect(doOverlap(from(1, 10), from(10, 20))).toBe(true);
    expect(doOverlap(from(1, 10), from(11, 20))).toBe(false);
  });
});

describe("what is left of a box", () => {
  it("counts a box once that two counters received", () => {
    expect(counts(spansLeft(kind, [from(1, 100), from(51, 150)], []))).toEqual([150]);
  });

  it("is cut where cards are gone, at the ends and in the middle", () => {
    expect(counts(spansLeft(kind, [from(1, 100)], [from(1, 10), from(50, 50), from(91, 200)]))).toEqual([39, 40]);
  });

  it("is nothing when all are gone", () => {
    expect(spansLeft(kind, [from(1, 10)], [from(1, 10)])).toEqual([]);
  });

  it("bounds exactly the numbers that are left", () => {
    const [left] = spansLeft(kind, [from(1, 10)], [from(1, 4)]);
    expect(left && [4, 5, 10, 11].map((n) => isWithin(numbered(n), left))).toEqual([false, true, true, false]);
  });
});

describe("the next card of a box", () => {
  /** The lowest free number of a box of cards 1 to 100, of which some are somebody's. */
  const freeWith = (owned: readonly number[]) =>
    firstFree(kind, from(1, 100), (part) => owned.filter((n) => isWithin(numbered(n), part)).length);
  const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

  it("is the first one that is nobody's, with its own check digit", () => {
    expect(freeWith([])).toBe(numbered(1));
    expect(freeWith(upTo(37))).toBe(numbered(38));
    expect(freeWith(upTo(99))).toBe(numbered(100));
  });

  it("is one that was passed over before those behind it", () => {
    expect(freeWith([1, 2, 4, 5, 90])).toBe(numbered(3));
  });

  it("is none in an empty box", () => {
    expect(freeWith(upTo(100))).toBeUndefined();
  });

  it("has no check digit where its kind has none", () => {
    const plain = { ...kind, check: "none" } as const;
    expect(firstFree(plain, { first: "888800000001", last: "888800000009" }, () => 0)).toBe("888800000001");
  });
});
