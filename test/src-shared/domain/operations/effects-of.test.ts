import { figuresOf } from "#shared/domain/shift/figures.ts";
import { describe, expect, it } from "vitest";
import { balanceChangeOf } from "#shared/domain/ledger/balance-change.ts";
import { heldOf, rightOf } from "#shared/domain/ledger/lots.ts";
import { effectsOf, memberIdOf, operationTypes } from "#shared/domain/operations/effects-of.ts";
import type { Operation } from "#shared/domain/operations/operation.ts";

const memberId = "0190a000-0000-7000-8000-0000000000a1";
const lotId = "0190a000-0000-7000-8000-0000000000b1";
const otherLotId = "0190a000-0000-7000-8000-0000000000b2";
const opId = "0190a000-0000-7000-8000-0000000000c1";
const incarnation = "00000000000000a1";
const own = rightOf(incarnation);
const held = heldOf(incarnation);

const operation = (type: string, d: unknown, personal?: unknown): Operation => ({
  opId,
  replica: 1,
  incarnation,
  seq: 1,
  hlc: "0000000000000000",
  type,
  version: 1,
  entity: undefined,
  transaction: undefined,
  body: { by: "s", at: 1_000, tz: "Asia/Shanghai", clk: { off: 0, err: 0, doubt: false }, seen: {}, d },
  personal,
});
const purchase = { receiptNumber: "A1", amountFen: 6_000 };
const awarded = { memberId, purchase, ruleId: "purchase", ruleVersion: 1, points: 60, earnedOn: "2026-05-12", expiresOn: "2027-05-12" };
const lines = [
  { lotId, points: 50 },
  { lotId: otherLotId, points: 30 },
];
const redeemed = { memberId, planId: "tea", planVersion: 1, quantity: 1, costPoints: 80, lines };
const reason = { salt: "AA==", reason: "typed twice" };

/** One of each type that a station writes: what it moves, and what head office's balance lacks until it has it. */
const samples: {
  type: string;
  d: Record<string, unknown>;
  personal?: unknown;
  moves: string[];
  change: number;
  wrong: string;
  isAboutNobody?: boolean;
}[] = [
  {
    type: "member.create",
    d: { memberId, memberNumber: "00001000017", homeBranch: "a" },
    personal: { salt: "AA==", name: "王小明", phones: ["13800000000"] },
    moves: [],
    change: 0,
    wrong: "homeBranch",
  },
  {
    type: "member.patch",
    d: { memberId, fields: ["name"] },
    personal: { salt: "AA==", before: { name: "王小明" }, after: { name: "王晓明" } },
    moves: [],
    change: 0,
    wrong: "fields",
  },
  {
    type: "review.decide",
    d: { reviewId: lotId, memberId, round: 1, decision: "accept" },
    personal: { salt: "AA==", reason: null, accepted: { name: "王晓明" } },
    moves: [],
    change: 0,
    wrong: "round",
  },
  {
    type: "purchase.keep",
    d: { cardNumber: "888800000018", purchase, ruleId: "purchase", ruleVersion: 1, boughtOn: "2026-05-12" },
    moves: [],
    change: 0,
    wrong: "boughtOn",
    isAboutNobody: true,
  },
  { type: "card.issue", d: { cardNumber: "888800000018", cardKind: "ordinary", memberId }, moves: [], change: 0, wrong: "cardKind" },
  { type: "card.block", d: { cardNumber: "888800000018", memberId, reason: "lost" }, moves: [], change: 0, wrong: "reason" },
  { type: "card.undo_issue", d: { undoes: lotId, cardNumber: "888800000018", memberId }, moves: [], change: 0, wrong: "undoes" },
  {
    type: "points.award",
    d: { ...awarded, outcome: { kind: "lot", toRight: 40, toPool: 20 } },
    moves: [`${opId} ISSUED > ${own} 40`, `${opId} ISSUED > POOL 20`],
    change: 60,
    wrong: "purchase",
  },
  {
    type: "points.void_award",
    d: { undoes: lotId, memberId, points: 60, fromRight: 25, rest: 35 },
    personal: reason,
    moves: [`${lotId} ${own} > REVERSED 25`],
    change: -60,
    wrong: "undoes",
  },
  {
    type: "points.redeem",
    d: redeemed,
    moves: [`${lotId} ${own} > REDEEMED 50`, `${otherLotId} ${own} > REDEEMED 30`],
    change: -80,
    wrong: "quantity",
  },
  {
    type: "points.void_redeem",
    d: { undoes: lotId, memberId, points: 80, lines },
    personal: reason,
    moves: [`${lotId} REDEEMED > ${own} 50`, `${otherLotId} REDEEMED > ${own} 30`],
    change: 80,
    wrong: "memberId",
  },
  {
    type: "points.hold",
    d: { ...redeemed, taker: { kind: "terminal", name: "POS-1" } },
    moves: [`${lotId} ${own} > ${held} 50`, `${otherLotId} ${own} > ${held} 30`],
    change: 0,
    wrong: "taker",
  },
  {
    type: "points.confirm",
    d: { holdId: opId, ...redeemed, saidBy: { by: "taker", reference: "000123" } },
    moves: [`${lotId} ${held} > REDEEMED 50`, `${otherLotId} ${held} > REDEEMED 30`],
    change: -80,
    wrong: "saidBy",
  },
  {
    type: "points.cancel",
    d: { holdId: opId, memberId, lines, saidBy: { by: "person" } },
    personal: reason,
    moves: [`${lotId} ${held} > ${own} 50`, `${otherLotId} ${held} > ${own} 30`],
    change: 0,
    wrong: "holdId",
  },
  {
    type: "proposal.decide_here",
    d: {
      proposalId: lotId,
      memberId,
      decision: "approve",
      points: 50,
      lot: { points: 50, ruleId: "purchase", ruleVersion: 1, earnedOn: "2026-05-12", expiresOn: null },
    },
    personal: reason,
    moves: [`${lotId} ISSUED > POOL 50`],
    change: 50,
    wrong: "points",
  },
  { type: "proposal.hand_over", d: { proposalId: lotId, memberId }, moves: [], change: 0, wrong: "proposalId" },
  {
    type: "stock.move",
    d: { branchId: "a", item: { kind: "gift", id: "tea" }, cards: null, move: { why: "received", pieces: 5 } },
    moves: [],
    change: 0,
    wrong: "move",
    isAboutNobody: true,
  },
  {
    type: "stock.count",
    d: { branchId: "a", item: { kind: "gift", id: "tea" }, counted: 4, expected: 5 },
    moves: [],
    change: 0,
    wrong: "counted",
    isAboutNobody: true,
  },
  {
    type: "void.request",
    d: { requestId: lotId, slip: { replica: 3, seq: 142, tail: "9f0c" }, memberId },
    personal: reason,
    moves: [],
    change: 0,
    wrong: "slip",
    isAboutNobody: true,
  },
  {
    type: "refund.request",
    d: { requestId: lotId, receiptNumber: "R-1", refundFen: 100 },
    personal: reason,
    moves: [],
    change: 0,
    wrong: "receiptNumber",
    isAboutNobody: true,
  },
  { type: "request.decline", d: { requestId: lotId }, personal: reason, moves: [], change: 0, wrong: "requestId", isAboutNobody: true },
  {
    type: "shift.close",
    d: {
      shiftId: memberId,
      branchId: "a",
      businessDate: "2026-05-12",
      sinceMs: 1,
      after: null,
      upTo: lotId,
      people: [{ staffId: "chen", figures: figuresOf([]) }],
      gifts: [],
      unsent: { waiting: 0, quarantined: 0 },
    },
    moves: [],
    change: 0,
    wrong: "upTo",
    isAboutNobody: true,
  },
  {
    type: "staff.pin_wrong",
    d: { staffId: "0190a000-0000-7000-8000-0000000000aa" },
    moves: [],
    change: 0,
    wrong: "staffId",
    isAboutNobody: true,
  },
  {
    type: "rights.release",
    d: { memberId, why: "lapsed", lines },
    moves: [`${lotId} ${own} > POOL 50`, `${otherLotId} ${own} > POOL 30`],
    change: 0,
    wrong: "why",
  },
];

const effectsOfSample = (op: Operation) => {
  const meaning = effectsOf(op);
  if (!meaning.ok) throw new Error(`${op.type}: ${meaning.error.field}`);
  return meaning.value.effects;
};

describe("what an operation does", () => {
  it("is told for every type that a station writes", () => {
    const written = operationTypes.filter(({ writtenBy }) => writtenBy === "station").map(({ type }) => type);
    expect(samples.map(({ type }) => type).toSorted()).toEqual(written.toSorted());
  });

  it.each(samples)("$type moves what its lines say, from one holder to another", ({ type, d, personal, moves }) => {
    const shown = effectsOfSample(operation(type, d, personal)).flatMap((effect) =>
      effect.kind === "move" ? [`${effect.lotId} ${effect.from} > ${effect.to} ${effect.points}`] : [],
    );
    expect(shown).toEqual(moves);
  });

  it.each(samples)("$type changes the balance by $change until head office has it", ({ type, d, personal, change }) => {
    const op = operation(type, d, personal);
    expect(balanceChangeOf(op, { memberId: memberIdOf(op), effects: effectsOfSample(op) })).toBe(change);
  });

  it.each(samples)("$type without its $wrong is refused by that name", ({ type, d, personal, wrong }) => {
    const { [wrong]: _left, ...rest } = d;
    expect(effectsOf(operation(type, rest, personal))).toEqual({ ok: false, error: { code: "BAD_DATA", field: `d.${wrong}` } });
  });

  it("names the member whom it is about, or nobody", () => {
    for (const { type, d, personal, isAboutNobody = false } of samples) {
      const meaning = effectsOf(operation(type, d, personal));
      expect(meaning).toMatchObject({ ok: true, value: { memberId: isAboutNobody ? null : memberId } });
    }
  });

  it("of a redemption with a gift moves the gift, and its undoing brings it back", () => {
    const gift = { giftId: "tin", branchId: "a", pieces: 1 };
    const moved = (type: string, d: unknown, personal?: unknown) =>
      effectsOfSample(operation(type, d, personal)).flatMap((effect) =>
        effect.kind === "putRecord" ? [[effect.record, effect.id, effect.fields["why"], effect.fields["pieces"]]] : [],
      );
    expect(moved("points.redeem", { ...redeemed, gift: { ...gift, isShort: false } })).toEqual([["stockMove", opId, "handedOut", -1]]);
    expect(moved("points.void_redeem", { undoes: lotId, memberId, points: 80, lines, gift }, reason)).toEqual([
      ["stockMove", opId, "givenBack", 1],
    ]);
  });
});

describe("an operation that cannot be believed", () => {
  it("is of no type that there is", () => {
    expect(effectsOf(operation("points.invent", {}))).toEqual({ ok: false, error: { code: "UNKNOWN_TYPE", field: "type" } });
    const newer = { ...operation("points.award", awarded), version: 2 };
    expect(effectsOf(newer)).toEqual({ ok: false, error: { code: "UNKNOWN_TYPE", field: "type" } });
  });

  const redeem = { memberId, planId: "tea", planVersion: 1, quantity: 1, costPoints: 80 };
  const cases: [name: string, type: string, d: unknown, personal: unknown, field: string][] = [
    [
      "an award whose parts do not add up",
      "points.award",
      { ...awarded, outcome: { kind: "lot", toRight: 60, toPool: 1 } },
      undefined,
      "d.outcome",
    ],
    ["a redemption whose lines do not pay its price", "points.redeem", { ...redeem, lines: [{ lotId, points: 79 }] }, undefined, "d.lines"],
    ["a redemption that nothing pays", "points.redeem", { ...redeem, lines: [] }, undefined, "d.lines"],
    ["a line that gives instead of takes", "points.redeem", { ...redeem, lines: [{ lotId, points: -80 }] }, undefined, "d.lines.0.points"],
    [
      "an approval that issues nothing",
      "proposal.decide_here",
      { proposalId: lotId, memberId, decision: "approve", points: 50, lot: null },
      reason,
      "d.lot",
    ],
    ["a void that gives back more than was taken", "points.void_redeem", { undoes: lotId, memberId, points: 10, lines }, reason, "d.lines"],
    [
      "a void that takes less than it says",
      "points.void_award",
      { undoes: lotId, memberId, points: 60, fromRight: 10, rest: 0 },
      reason,
      "d.rest",
    ],
    ["a field that nobody declared", "card.block", { cardNumber: "1", memberId, reason: "lost", note: "x" }, undefined, "d."],
    ["personal data of a type that has none", "card.block", { cardNumber: "1", memberId, reason: "lost" }, { name: "王" }, "personal"],
    ["a personal part without its phones", "member.create", samples[0]?.d, { salt: "AA==", name: "王" }, "personal.phones"],
    ["no data at all", "points.redeem", undefined, undefined, "d."],
  ];
  it.each(cases)("%s", (_name, type, d, personal, field) => {
    expect(effectsOf(operation(type, d, personal))).toEqual({ ok: false, error: { code: "BAD_DATA", field } });
  });
});

describe("a proposal", () => {
  it("moves no point and opens no lot before somebody has decided", () => {
    const effects = effectsOfSample(operation("points.award", { ...awarded, outcome: { kind: "proposal" } }));
    expect(effects.map((effect) => (effect.kind === "putRecord" ? effect.record : effect.kind))).toEqual(["purchase", "proposal"]);
    const proposed = operation("points.award", { ...awarded, outcome: { kind: "proposal" } });
    expect(balanceChangeOf(proposed, { memberId: memberIdOf(proposed), effects })).toBe(0);
  });
});

describe("an erased person", () => {
  it("keeps the number and the points, and has no name", () => {
    const { d } = samples[0] ?? {};
    const [row] = effectsOfSample(operation("member.create", d));
    expect(row).toMatchObject({ kind: "putRecord", fields: { memberId, memberNumber: "00001000017", name: "", phones: [] } });
  });
});
