import { makeDice } from "./dice.ts";

/** What some companies have and others do without, and how often; each costs time in every history that has it. A new one is a line. */
const chances = {
  keptPurchases: 0.3,
  erasure: 0.3,
  subCards: 0.3,
  damage: 0.3,
} as const satisfies Readonly<Record<string, number>>;

export type Matter = keyof typeof chances;
const matters = Object.keys(chances) as readonly Matter[];

/** Behind all acts: whoever adds an act takes none of these. */
const partOfMatters = 1_000_000;

/**
 * What the company of a seed has. Each matter has dice of its own, so that one that is added changes no history but those that have it.
 *
 * @param seed of the whole history
 */
export function mattersOf(seed: bigint): ReadonlySet<Matter> {
  const dice = makeDice(seed);
  return new Set(
    matters.filter((matter, i) => {
      dice.turnTo(partOfMatters + i);
      return dice.chance(chances[matter]);
    }),
  );
}
