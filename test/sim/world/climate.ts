import type { Dice } from "./dice.ts";
import type { Weather } from "./line.ts";

/** What the lines of one seed are like when they are bad: some lose much, some cut answers, some are only slow. */
export type Climate = {
  readonly weather: Weather;
  /** Of a message, one way, on average. */
  readonly latencyMs: number;
  /** Something on the way takes no batch of more operations, in any weather. */
  readonly batchMax: number | undefined;
};

export const climateOf = (dice: Dice): Climate => ({
  weather: {
    none: 8,
    slow: dice.below(2),
    busy: dice.below(2),
    requestLost: dice.below(2),
    requestSwallowed: dice.below(2) / 2,
    answerLost: dice.below(4),
    answerSwallowed: dice.below(2) / 2,
    answerCut: dice.below(3),
    twice: dice.below(3),
    late: dice.below(2),
    powerCutBefore: dice.below(2) / 3,
    powerCutAfter: dice.below(2) / 3,
  },
  latencyMs: dice.pick([1, 40, 400]) ?? 40,
  batchMax: dice.chance(0.3) ? dice.between(1, 3) : undefined,
});
