import type { Clock } from "./clock.ts";

type Timer = { readonly dueMs: number; readonly callback: () => void };

/** A clock that stands still until it is told to move: recorded bytes are replayed in it, and tests live in it. */
export class ManualClock implements Clock {
  #nowMs = 0;
  /** In the order they were asked for, which is the order in which timers of the same instant go off. */
  readonly #timers = new Set<Timer>();

  now(): number {
    return this.#nowMs;
  }

  after(ms: number, callback: () => void): () => void {
    const timer = { dueMs: this.#nowMs + ms, callback };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** Lets `ms` pass, with every timer that falls due on the way, also the ones that such a timer sets. */
  advance(ms: number): void {
    const untilMs = this.#nowMs + ms;
    while (this.runNext(untilMs));
    this.#nowMs = untilMs;
  }

  /**
   * Goes to the next timer and lets it go off.
   *
   * @param untilMs the instant not to go beyond, in this clock's own milliseconds
   * @returns whether there was one
   */
  runNext(untilMs = Infinity): boolean {
    const next = [...this.#timers].reduce<Timer | undefined>(
      (first, timer) => (first && first.dueMs <= timer.dueMs ? first : timer),
      undefined,
    );
    if (!next || next.dueMs > untilMs) return false;
    this.#timers.delete(next);
    this.#nowMs = next.dueMs;
    next.callback();
    return true;
  }
}
