import { businessDateOf } from "#shared/domain/time/business-date.ts";

/** A clock that stands still until a test moves it. */
export type HandClock = {
  readonly nowMs: () => number;
  readonly today: () => string;
  readonly advance: (ms: number) => void;
};

/** @param startMs defaults to a morning in Shanghai, 2 March 2026, 10:00 */
export function makeHandClock(startMs: number = Date.UTC(2026, 2, 2, 2)): HandClock {
  let nowMs = startMs;
  return { nowMs: () => nowMs, today: () => businessDateOf(nowMs), advance: (ms) => void (nowMs += ms) };
}

export const minuteMs = 60 * 1000;
export const dayMs = 24 * 60 * minuteMs;
