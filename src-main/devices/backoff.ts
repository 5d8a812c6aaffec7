const scheduleMs = [500, 1000, 2000, 4000, 8000, 15_000] as const;
const longestMs = 15_000;

/**
 * How long to leave a port alone after it failed.
 *
 * @param failures tries in a row that came to nothing, this one not counted
 * @param random from 0 to 1: spreads the delay by ±20 %, so that devices which went with one hub do not come back in one instant
 * @returns milliseconds
 */
export function backoffMs(failures: number, random: number): number {
  return Math.round((scheduleMs[failures] ?? longestMs) * (0.8 + 0.4 * random));
}
