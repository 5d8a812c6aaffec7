import type { Clock } from "#main/app/ports/clock.ts";
import { businessDateOf } from "#shared/domain/time/business-date.ts";

/** A clock that stands where the generator puts it, and does not listen to head office: the sample's year has passed already. */
export function makeSampleClock(startMs: number): Clock & { readonly set: (atMs: number) => void } {
  let nowMs = startMs;
  return {
    set: (atMs) => {
      nowMs = atMs;
    },
    nowMs: () => nowMs,
    wallMs: () => nowMs,
    businessDate: () => businessDateOf(nowMs),
    reading: () => ({ off: 0, err: 0, doubt: false }),
    heard: () => undefined,
  };
}
