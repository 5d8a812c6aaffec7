import { describe, expect, it } from "vitest";
import { figuresByPerson, figuresOf, totalOf, type ShiftLine } from "#shared/domain/shift/figures.ts";

const line = (kind: string, points: number | null, by = "chen", isUndone = false): ShiftLine => ({ kind, points, by, isUndone });

describe("the figures of a shift", () => {
  it("count each entry once, under what people call it", () => {
    const figures = figuresOf([
      line("award", 60),
      line("award", 40),
      line("proposal", 5),
      line("approved", 7),
      line("rejected", null),
      line("redeem", -80),
      line("memberCreated", null),
      line("cardIssued", null),
      line("cardBlocked", null),
    ]);
    expect(figures).toEqual({
      awarded: { count: 2, points: 100 },
      approved: { count: 1, points: 7 },
      proposed: { count: 1, points: 5 },
      redeemed: { count: 1, points: -80 },
      voided: { count: 0, points: 0 },
      membersJoined: { count: 1, points: 0 },
      cardsIssued: { count: 1, points: 0 },
      cardsBlocked: { count: 1, points: 0 },
    });
  });

  it("leave out what was undone, and count the undoing", () => {
    const figures = figuresOf([line("award", 60, "chen", true), line("void", -60), line("award", 40)]);
    expect(figures).toMatchObject({ awarded: { count: 1, points: 40 }, voided: { count: 1, points: -60 } });
  });

  it("of each person add up to those of all", () => {
    const lines = [line("award", 60), line("award", 40, "lin"), line("redeem", -80, "lin"), line("void", 80, "zhao")];
    const people = figuresByPerson(lines);
    expect(people.map(({ staffId }) => staffId)).toEqual(["chen", "lin", "zhao"]);
    expect(totalOf(people)).toEqual(figuresOf(lines));
  });
});
