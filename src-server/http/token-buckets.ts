export type BucketSize = {
  /** How many requests may come at once after a quiet while. */
  readonly burst: number;
  /** How many a second are allowed for ever. */
  readonly perSecond: number;
};

export type TokenBuckets = {
  /** @returns 0 when the request may pass, else the whole seconds after which the next one may */
  readonly take: (key: string) => number;
};

/** Beyond this many callers at once the oldest is forgotten: a flood of made-up callers must not become a flood of memory. */
const callersMax = 50_000;

/**
 * One bucket of requests per caller, in the memory of this process: several processes behind one address each allow their own share.
 *
 * @param nowMs a clock that never runs backwards
 */
export function makeTokenBuckets({ burst, perSecond }: BucketSize, nowMs: () => number): TokenBuckets {
  const buckets = new Map<string, { tokens: number; atMs: number }>();
  return {
    take(key) {
      const now = nowMs();
      const known = buckets.get(key) ?? { tokens: burst, atMs: now };
      const tokens = Math.min(burst, known.tokens + ((now - known.atMs) / 1000) * perSecond);
      // Set anew at the end of the map's order, so that the first key is always the caller heard of longest ago.
      buckets.delete(key);
      buckets.set(key, { tokens: tokens >= 1 ? tokens - 1 : tokens, atMs: now });
      const [oldest] = buckets.keys();
      if (buckets.size > callersMax && oldest !== undefined) buckets.delete(oldest);
      return tokens >= 1 ? 0 : Math.ceil((1 - tokens) / perSecond);
    },
  };
}
