import type { Clock } from "#main/devices/clock.ts";

/** More than a timer is ever late by itself. */
const heldUpMs = 50;

/**
 * Waits until a line has been silent for a while.
 *
 * A timer that comes late tells of a busy process and not of a silent line: what came meanwhile is still to be read, so
 * the wait begins again.
 */
export class Silence {
  readonly #clock: Clock;
  readonly #onSilence: () => void;
  #stop = (): void => {};

  constructor(clock: Clock, onSilence: () => void) {
    this.#clock = clock;
    this.#onSilence = onSilence;
  }

  /** Begins to wait, anew if it was waiting already. */
  await(silenceMs: number): void {
    this.#stop();
    const dueMs = this.#clock.now() + silenceMs;
    this.#stop = this.#clock.after(silenceMs, () => {
      if (this.#clock.now() - dueMs > heldUpMs) this.await(silenceMs);
      else this.#onSilence();
    });
  }

  stop(): void {
    this.#stop();
  }
}
