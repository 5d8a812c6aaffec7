import { describe, expect, it } from "vitest";
import { decideVoid, type VoidFacts, type VoidRefusal } from "#shared/domain/ledger/decide-void.ts";

const award = { kind: "award", points: 60, memberId: "m", heldHere: 60 } as const;
const facts: VoidFacts = {
  original: award,
  author: "chen",
  operator: "chen",
  mayVoidOthers: false,
  isVoidedAlready: false,
  madeOn: "2026-05-12",
  today: "2026-05-12",
  clockIsInDoubt: false,
};

describe("undoing a movement", () => {
  const parts: [name: string, heldHere: number, fromRight: number, rest: number][] = [
    ["an award that is still here comes back whole", 60, 60, 0],
    ["of one that was partly spent head office finds the rest", 25, 25, 35],
    ["of one that is gone head office finds all", 0, 0, 60],
    ["never takes more than the award gave", 100, 60, 0],
  ];
  it.each(parts)("%s", (_name, heldHere, fromRight, rest) => {
    expect(decideVoid({ ...facts, original: { ...award, heldHere } })).toEqual({
      ok: true,
      value: { kind: "award", points: 60, memberId: "m", fromRight, rest },
    });
  });

  it("gives a redemption back to the lots it came from", () => {
    const lines = [
      { lotId: "a", points: 50 },
      { lotId: "b", points: 30 },
    ];
    const original = { kind: "redemption", points: 80, memberId: "m", lines } as const;
    expect(decideVoid({ ...facts, original })).toEqual({ ok: true, value: original });
  });

  it("of somebody else's entry takes somebody who may", () => {
    expect(decideVoid({ ...facts, operator: "lin", mayVoidOthers: true }).ok).toBe(true);
  });

  const refusals: [name: string, facts: Partial<VoidFacts>, refusal: VoidRefusal][] = [
    [
      "what cannot be undone here",
      { original: undefined, isVoidedAlready: true, operator: "lin", clockIsInDoubt: true, today: "2026-05-13" },
      { code: "NOT_VOIDABLE" },
    ],
    [
      "what was undone already",
      { isVoidedAlready: true, operator: "lin", clockIsInDoubt: true, today: "2026-05-13" },
      { code: "ALREADY_VOIDED" },
    ],
    ["anybody but the author", { operator: "lin", clockIsInDoubt: true, today: "2026-05-13" }, { code: "NOT_THE_AUTHOR", author: "chen" }],
    ["a clock that does not know the day", { clockIsInDoubt: true, today: "2026-05-13" }, { code: "CLOCK_IN_DOUBT" }],
    ["another day", { today: "2026-05-13" }, { code: "VOID_WINDOW_CLOSED", businessDate: "2026-05-12" }],
  ];
  it.each(refusals)("is refused for %s", (_name, more, error) => {
    expect(decideVoid({ ...facts, ...more })).toEqual({ ok: false, error });
  });
});
