import type { ClockReading } from "#shared/domain/operations/operation.ts";

/**
 * Station time: the wall clock, or head office's last time plus the time since in this run, whichever is later.
 * Decisions ask for `businessDate()` and for nothing else that is a "today".
 */
export type Clock = {
  /** Station time in milliseconds since 1970. */
  readonly nowMs: () => number;
  /** The raw wall clock, for ordering only. */
  readonly wallMs: () => number;
  readonly businessDate: () => string;
  /** How far the wall clock is from head office, and whether it can be believed. */
  readonly reading: () => ClockReading;
  /** Head office told its time; `roundTripMs` bounds the error. */
  readonly heard: (serverTimeMs: number, roundTripMs: number) => void;
};
