import type { Updates } from "./updates.ts";

/** The counter opens and exchanges first. */
const firstMs = 2 * 60_000;
const everyMs = 6 * 60 * 60_000;

type Timers = {
  /** Resolves after the time or when the signal aborts, whichever is first. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** 0 to 1. */
  readonly random: () => number;
};

/** Asks head office for a new version now and then, each counter at times of its own, so that not all of them ask at once. */
export async function keepLooking(updates: Pick<Updates, "check">, timers: Timers, until: AbortSignal): Promise<void> {
  await timers.sleep(firstMs, until);
  while (!until.aborted) {
    await updates.check();
    await timers.sleep(everyMs * (0.5 + timers.random()), until);
  }
}
