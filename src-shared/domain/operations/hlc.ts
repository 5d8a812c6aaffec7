import type { Hlc } from "./operation.ts";

const counterMax = 0xffff;
/** Head office's hybrid clock is believed only within a day of our own: one wrong clock must not drag the others along. */
const absorbWithinMs = 24 * 60 * 60 * 1000;

const pack = (ms: number, counter: number): Hlc => ms.toString(16).padStart(12, "0") + counter.toString(16).padStart(4, "0");

/** The milliseconds part: for ordering and clamping only, never for a business date. */
export const hlcMs = (hlc: Hlc): number => Number.parseInt(hlc.slice(0, 12), 16);
const hlcCounter = (hlc: Hlc): number => Number.parseInt(hlc.slice(12), 16);

export const firstHlc: Hlc = pack(0, 0);

/** The next reading, later than `last` whatever the wall clock does. */
export function tickHlc(last: Hlc, wallMs: number): Hlc {
  if (wallMs > hlcMs(last)) return pack(wallMs, 0);
  return hlcCounter(last) < counterMax ? pack(hlcMs(last), hlcCounter(last) + 1) : pack(hlcMs(last) + 1, 0);
}

/** Takes over head office's reading when it is ahead and plausible. */
export function absorbHlc(last: Hlc, server: Hlc, wallMs: number): Hlc {
  return server > last && Math.abs(hlcMs(server) - wallMs) <= absorbWithinMs ? server : last;
}
