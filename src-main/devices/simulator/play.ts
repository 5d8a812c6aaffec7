import type { Clock } from "#main/devices/clock.ts";

/** Bytes of a device, and when they come. */
export type PlannedChunk = { readonly atMs: number; readonly bytes: Uint8Array };

/**
 * Sends what is planned, in order, each chunk at its time from now.
 *
 * All timers are set beforehand, so that under a manual clock one advance plays the whole. On a busy machine the system's
 * timers may overtake each other: the first that goes off sends the first chunk, whichever it was set for.
 *
 * @returns when the last chunk is out
 */
export function play(clock: Clock, write: (bytes: Uint8Array) => void, chunks: readonly PlannedChunk[]): Promise<void> {
  if (chunks.length === 0) return Promise.resolve();
  return new Promise((resolve) => {
    let sent = 0;
    for (const { atMs } of chunks) {
      clock.after(atMs, () => {
        const next = chunks[sent];
        sent += 1;
        if (next) write(next.bytes);
        if (sent === chunks.length) resolve();
      });
    }
  });
}
