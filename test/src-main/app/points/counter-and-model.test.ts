import * as fc from "fast-check";
import { expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import type { LotLine } from "#shared/domain/ledger/lots.ts";
import { clerk, openCounter, teaPlan, value, type TestCounter } from "#test/support/counter.ts";

/** So many points of one member's lots a home branch keeps at hand; the rest of an award lies at head office. */
const atHandMax = 500;
const taker = { kind: "terminal", name: "POS-1" } as const;
const said = { by: "taker", reference: "000123" } as const;

type Movement = { readonly opId: string; readonly kind: "award" | "redeem"; readonly points: number; readonly lines: readonly LotLine[] };
type Hold = { readonly holdId: string; readonly lines: readonly LotLine[] };

type Asked = { readonly ok: boolean; readonly error?: { readonly code: string } };
type Question = (counter: TestCounter) => Asked;

/** What a counter has to know of one member, said in a page: points by lot, oldest first, as far as they may be spent here. */
class Model {
  balance = 0;
  operations = 0;
  readonly lots: { lotId: string; here: number }[] = [];
  readonly undoable: Movement[] = [];
  readonly holds: Hold[] = [];
  /** What was granted, to be asked once more. */
  readonly answered: Question[] = [];

  here = (): number => this.lots.reduce((sum, lot) => sum + lot.here, 0);

  /** Oldest first; undefined where there is less. */
  take(points: number): readonly LotLine[] | undefined {
    if (this.here() < points) return undefined;
    let left = points;
    return this.lots.flatMap((lot) => {
      const taken = Math.min(lot.here, left);
      lot.here -= taken;
      left -= taken;
      return taken > 0 ? [{ lotId: lot.lotId, points: taken }] : [];
    });
  }

  putBack(lines: readonly LotLine[]): void {
    for (const { lotId, points } of lines) {
      const lot = this.lots.find((each) => each.lotId === lotId);
      if (lot) lot.here += points;
    }
  }
}

type Place = { counter: TestCounter; readonly memberId: string };
type Command = fc.Command<Model, Place>;

/** Asks, and keeps the answer: the same intent again has to get it once more. */
function ask(model: Model, place: Place, question: Question): Asked {
  const answer = question(place.counter);
  if (answer.ok) {
    model.operations += 1;
    model.answered.push(question);
  }
  return answer;
}

/** A sentence of the model that the counter does not keep. */
function must(holds: boolean, sentence: string): void {
  if (!holds) throw new Error(sentence);
}

function compare(model: Model, { counter, memberId }: Place): void {
  const { balance, spendableHere } = value(counter.balance({ memberId }));
  must(balance === model.balance, `the balance is ${balance} and not ${model.balance}`);
  must(spendableHere === model.here(), `${spendableHere} can be spent here and not ${model.here()}`);
  const written = counter.store.read((view) => view.operations.list({ limit: 100 })).filter(({ entity }) => entity?.id === memberId);
  const movements = written.filter(({ type }) => type.startsWith("points.")).length;
  must(movements === model.operations, `${movements} movements were written and not ${model.operations}`);
}

function command(
  told: string,
  run: (model: Model, place: Place) => void,
  check: (model: Readonly<Model>) => boolean = () => true,
): Command {
  return {
    check,
    run: (model, place) => {
      run(model, place);
      compare(model, place);
    },
    toString: () => told,
  };
}

const award = fc.integer({ min: 1, max: 400 }).map((points) =>
  command(`award ${points}`, (model, place) => {
    const { memberId } = place;
    const requestId = uuidv7();
    const purchase = { receiptNumber: requestId, amountFen: points * 100 };
    const input = { requestId, memberId, purchase, ruleId: "purchase", ruleVersion: 1 };
    must(ask(model, place, (counter) => counter.award(input, clerk)).ok, "it was not awarded");
    model.balance += points;
    model.lots.push({ lotId: requestId, here: Math.min(points, Math.max(0, atHandMax - model.here())) });
    model.undoable.push({ opId: requestId, kind: "award", points, lines: [] });
  }),
);

const spend = fc.tuple(fc.constantFrom("redeem" as const, "hold" as const), fc.integer({ min: 1, max: 4 })).map(([how, quantity]) =>
  command(`${how} ${quantity} tins`, (model, place) => {
    const { memberId } = place;
    const requestId = uuidv7();
    const input = { requestId, memberId, planId: "tea", planVersion: 1, quantity };
    const answer = ask(model, place, (counter) =>
      how === "redeem" ? counter.redeem(input, clerk) : counter.hold({ ...input, taker }, clerk),
    );
    const points = quantity * teaPlan.costPoints;
    const lines = model.take(points);
    if (!lines) return must(answer.error?.code === "INSUFFICIENT_POINTS", "more was spent than is here");
    must(answer.ok, "it was refused though there is enough");
    if (how === "hold") {
      model.holds.push({ holdId: requestId, lines });
      return;
    }
    model.balance -= points;
    model.undoable.push({ opId: requestId, kind: "redeem", points, lines });
  }),
);

const endHold = fc.tuple(fc.constantFrom("confirmHold" as const, "cancelHold" as const), fc.nat(20)).map(([way, pick]) =>
  command(
    `${way} ${pick}`,
    (model, place) => {
      const [hold] = model.holds.splice(pick % model.holds.length, 1);
      if (!hold) return;
      const input = { requestId: uuidv7(), holdId: hold.holdId, said };
      must(ask(model, place, (counter) => counter[way](input, clerk)).ok, "the hold did not end");
      if (way === "cancelHold") model.putBack(hold.lines);
      else model.balance -= hold.lines.reduce((sum, { points }) => sum + points, 0);
    },
    ({ holds }) => holds.length > 0,
  ),
);

const undo = fc.nat(20).map((pick) =>
  command(
    `undo ${pick}`,
    (model, place) => {
      const [undone] = model.undoable.splice(pick % model.undoable.length, 1);
      if (!undone) return;
      const input = { requestId: uuidv7(), undoes: undone.opId, reason: "typed twice" };
      must(ask(model, place, (counter) => counter.voidMovement(input, clerk)).ok, "it was not undone");
      model.balance += undone.kind === "redeem" ? undone.points : -undone.points;
      model.putBack(undone.lines);
      // What is not here any more of it is head office's to take.
      const lot = model.lots.find(({ lotId }) => lotId === undone.opId);
      if (lot) lot.here = 0;
    },
    ({ undoable }) => undoable.length > 0,
  ),
);

const again = fc.nat(50).map((pick) =>
  command(
    `again ${pick}`,
    ({ answered }, { counter }) => {
      const earlier = answered[pick % answered.length];
      must(earlier?.(counter).ok === true, "the same intent was answered otherwise");
    },
    ({ answered }) => answered.length > 0,
  ),
);

const switchOff = fc.constant(
  command("switch off and on", (_, place) => {
    const { file } = place.counter;
    place.counter.close();
    place.counter = openCounter({ file });
  }),
);

it("a counter does what a page of arithmetic says, whatever is done in whatever order, twice, or after it was switched off", () => {
  let counter = openCounter();
  const histories = fc.property(fc.commands([award, spend, spend, endHold, undo, again, switchOff], { maxCommands: 40 }), (commands) => {
    const place: Place = { counter, memberId: counter.member().memberId };
    try {
      fc.modelRun(() => ({ model: new Model(), real: place }), commands);
    } finally {
      counter = place.counter;
    }
  });
  expect(() => fc.assert(histories, { numRuns: 40 })).not.toThrow();
  counter.close();
});
