/** Chances from a seed: the same seed throws the same dice. */
export type Dice = ReturnType<typeof makeDice>;

/**
 * Small fast counting generator of 128 bits; not for keys.
 *
 * @param seed up to 64 bits
 */
export function makeDice(seed: bigint) {
  let [a, b, c, counter] = [0, 0, 0, 1];

  const next32 = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  };
  const next = (): number => next32() / 2 ** 32;
  /** 0 to n - 1. */
  const below = (n: number): number => Math.floor(next() * n);

  /** From here on the dice fall as they do for this part of the seed, whatever was thrown before. */
  function turnTo(part: number): void {
    [a, b, c, counter] = [Number(seed & 0xffff_ffffn) | 0, Number((seed >> 32n) & 0xffff_ffffn) | 0, part | 0, 1];
    for (let round = 0; round < 15; round++) next32();
  }
  turnTo(0);
  return {
    turnTo,
    below,
    between: (from: number, to: number): number => from + below(to - from + 1),
    chance: (probability: number): boolean => next() < probability,
    fraction: next,
    pick: <T>(list: readonly T[]): T | undefined => list[below(list.length)],
    /** One of the names, each as often as its weight says. */
    weighted: <Name extends string>(weights: Readonly<Partial<Record<Name, number>>>): Name => {
      const names = Object.keys(weights) as Name[];
      let left = next() * names.reduce((sum, name) => sum + (weights[name] ?? 0), 0);
      for (const name of names) {
        left -= weights[name] ?? 0;
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
