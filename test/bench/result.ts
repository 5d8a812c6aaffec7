/** One measured figure beside what it is measured against, in the shape that scripts read. */
export type BenchResult = {
  readonly name: string;
  readonly metric: string;
  readonly unit: "ms" | "ratio" | "a second" | "points" | "bytes" | "requests";
  readonly value: number;
  /** The same work done bare, or by a peer, in the same run. */
  readonly floor: number;
  readonly ratio: number;
  /** What `met` says of this line, in words. */
  readonly goal: string;
  readonly met: boolean;
};

/** @param percent 50 for the median; of equal runs the nearest-rank value, so that it is one that was really measured */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.ceil((percent / 100) * sorted.length) - 1)];
  if (value === undefined) throw new Error("nothing was measured");
  return value;
}

export const median = (values: readonly number[]): number => percentile(values, 50);

/** Three digits behind the point: what is behind them is the machine's mood. */
const rounded = (value: number): number => Math.round(value * 1_000) / 1_000;

/** A figure whose goal is a multiple of its floor. */
export function asMultiple(
  what: Pick<BenchResult, "name" | "metric" | "unit">,
  { value, floor, ratio = value / floor }: { readonly value: number; readonly floor: number; readonly ratio?: number },
  atMost: number,
): BenchResult {
  return { ...what, value: rounded(value), floor: rounded(floor), ratio: rounded(ratio), goal: `ratio <= ${atMost}`, met: ratio <= atMost };
}

/** A figure whose goal is a distance from its floor, in the figure's own unit. */
export function asDistance(
  what: Pick<BenchResult, "name" | "metric" | "unit">,
  { value, floor }: { readonly value: number; readonly floor: number },
  atMost: number,
): BenchResult {
  return {
    ...what,
    value: rounded(value),
    floor: rounded(floor),
    ratio: rounded(value / floor),
    goal: `value - floor <= ${atMost} ${what.unit}`,
    met: value - floor <= atMost,
  };
}

/** A rate whose goal is a multiple of a peer's. @param ratio of each run's two, where runs alternated */
export function asRate(
  what: Pick<BenchResult, "name" | "metric">,
  { value, peer, ratio = value / peer }: { readonly value: number; readonly peer: number; readonly ratio?: number },
  atLeast: number,
): BenchResult {
  return {
    ...what,
    unit: "a second",
    value: rounded(value),
    floor: rounded(peer),
    ratio: rounded(ratio),
    goal: `ratio >= ${atLeast}`,
    met: ratio >= atLeast,
  };
}

/** Points that must not be, beside how many a peer has of them. */
export function asNone(
  what: Pick<BenchResult, "name" | "metric">,
  { value, peer }: { readonly value: number; readonly peer: number },
): BenchResult {
  return { ...what, unit: "points", value, floor: peer, ratio: value === 0 ? 0 : value / peer, goal: "value = 0", met: value === 0 };
}
