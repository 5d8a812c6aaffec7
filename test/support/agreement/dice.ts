/** Chances from a seed: the same seed throws the same dice. */
export type Dice = ReturnType<typeof makeDice>;

/** Mulberry32: 32 bits of state, well mixed; not for keys. */
export function makeDice(seed: number) {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  /** 0 to n - 1. */
  const below = (n: number): number => Math.floor(next() * n);
  return {
    below,
    between: (from: number, to: number): number => from + below(to - from + 1),
    chance: (probability: number): boolean => next() < probability,
    pick: <T>(list: readonly T[]): T | undefined => list[below(list.length)],
    /** One of the names, each as often as its weight says. */
    weighted: <Name extends string>(weights: Readonly<Record<Name, number>>): Name => {
      const names = Object.keys(weights) as Name[];
      let left = next() * names.reduce((sum, name) => sum + weights[name], 0);
      for (const name of names) {
        left -= weights[name];
        if (left < 0) return name;
      }
      throw new Error("no weights");
    },
    bytes: (length: number): Uint8Array => Uint8Array.from({ length }, () => below(256)),
  };
}

/** Ids in the order they were made, as UUIDv7 has them, from the dice. */
export function makeIds(dice: Dice, nowMs: () => number): () => string {
  let count = 0;
  return () => {
    count += 1;
    const ms = nowMs().toString(16).padStart(12, "0");
    const tail = Buffer.from(dice.bytes(8)).toString("hex");
    return `${ms.slice(0, 8)}-${ms.slice(8)}-7${(count & 0xfff).toString(16).padStart(3, "0")}-8${tail.slice(1, 4)}-${tail.slice(4)}`;
  };
}
