import type { Explanation } from "#shared/contracts/points.ts";

/** One of the lines that add up to a number of the member pane. */
export type Line = Explanation["lines"][number];

/** What a line does not say. */
export const blank = {
  atMs: null,
  opId: null,
  expiresOn: null,
  spentOn: null,
  detail: null,
  elsewhere: null,
  tier: null,
  pool: null,
  reason: null,
} as const;
