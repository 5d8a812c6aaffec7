import { describe, expect, it } from "vitest";
import { onHandOf } from "#shared/domain/stock/on-hand.ts";
import type { MoveReason } from "#shared/domain/stock/stock-move.ts";

let moves = 0;
const move = (hlc: string, why: MoveReason, pieces: number, secondPerson: string | null = null) => ({
  moveId: `m${String(++moves).padStart(4, "0")}`,
  why,
  pieces,
  hlc,
  secondPerson,
});

describe("what lies on the shelf", () => {
  it("is nothing before anybody put something there", () => {
    expect(onHandOf([])).toEqual({ pieces: 0, mustBeCounted: false });
  });

  it("is all that came and went, in whatever order it is heard of", () => {
    const all = [move("01", "received", 10), move("02", "handedOut", -3), move("03", "givenBack", 1), move("04", "damaged", -2)];
    expect(onHandOf(all)).toEqual({ pieces: 6, mustBeCounted: false });
    expect(onHandOf(all.toReversed())).toEqual({ pieces: 6, mustBeCounted: false });
  });

  it("is what was counted, and what came after", () => {
    expect(onHandOf([move("01", "received", 10), move("02", "counted", 7), move("03", "handedOut", -1)]).pieces).toBe(6);
  });

  it("does not take off again what the count had seen gone, though it is heard of later", () => {
    expect(onHandOf([move("05", "counted", 7), move("04", "handedOut", -3)]).pieces).toBe(7);
  });

  it("does not take a difference twice when two people count the same shelf", () => {
    expect(onHandOf([move("01", "received", 10), move("02", "counted", 9), move("03", "counted", 9)]).pieces).toBe(9);
  });

  it("must be counted when two counters handed out the last one", () => {
    expect(onHandOf([move("01", "received", 1), move("02", "handedOut", -1), move("02", "handedOut", -1)])).toEqual({
      pieces: -1,
      mustBeCounted: true,
    });
  });

  it("must be counted after something was handed out that the books did not have, until somebody has counted", () => {
    const short = [move("01", "handedOut", -1, "manager"), move("02", "received", 10)];
    expect(onHandOf(short)).toEqual({ pieces: 9, mustBeCounted: true });
    expect(onHandOf([...short, move("03", "counted", 10)])).toEqual({ pieces: 10, mustBeCounted: false });
  });
});
