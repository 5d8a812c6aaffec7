import { setImmediate } from "node:timers/promises";

export type Timeline = ReturnType<typeof makeTimeline>;

type Event = { readonly atMs: number; readonly run: () => void };

/** Longer than any pause of the programs under test: who waits beyond it waits for ever. */
const waitMaxMs = 60 * 60 * 1000;

/**
 * Time that passes only when it is told to. What is due happens one after the other, in the order of its instants, and each time all that
 * follows from it at once has come to its end before the next: so the same history is lived in the same order every time.
 */
export function makeTimeline(startMs: number) {
  let nowMs = startMs;
  const events: Event[] = [];
  /** Work that this process has handed to another one, such as a database, and waits for. */
  let outside = 0;
  let whenBack: (() => void)[] = [];

  function at(delayMs: number, run: () => void): void {
    const event = { atMs: nowMs + Math.max(0, delayMs), run };
    let place = events.length;
    // Behind all that is due at the same instant.
    while (place > 0 && (events[place - 1]?.atMs ?? 0) > event.atMs) place -= 1;
    events.splice(place, 0, event);
  }

  /** Until nothing more follows from what has happened. */
  async function settle(): Promise<void> {
    await setImmediate();
    while (outside > 0) {
      await new Promise<void>((resolve) => whenBack.push(resolve));
      await setImmediate();
    }
  }

  async function happen(event: Event): Promise<void> {
    nowMs = Math.max(nowMs, event.atMs);
    event.run();
    await settle();
  }

  async function runUntil(atMs: number): Promise<void> {
    for (let event = events[0]; event && event.atMs <= atMs; event = events[0]) {
      events.shift();
      await happen(event);
    }
  }

  return {
    nowMs: (): number => nowMs,
    at,
    settle,
    /** Resolves after the time or when the signal aborts, whichever is first. */
    sleep: (ms: number, signal?: AbortSignal): Promise<void> =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        signal?.addEventListener("abort", () => resolve(), { once: true });
        at(ms, resolve);
      }),
    deadline(ms: number): AbortSignal {
      const over = new AbortController();
      at(ms, () => over.abort(new DOMException("the time is over", "TimeoutError")));
      return over.signal;
    },
    /** Lets so much time pass. */
    async advance(ms: number): Promise<void> {
      const untilMs = nowMs + ms;
      await settle();
      await runUntil(untilMs);
      nowMs = untilMs;
      await settle();
    },
    /** All computers sleep for so long: what was due meanwhile happens when time passes again, and late. */
    sleepThrough: (ms: number): void => void (nowMs += ms),
    /** Lets time pass until the work is done. @throws what the work throws, or when it waits for what will never happen */
    async until<T>(work: Promise<T>): Promise<T> {
      let isDone = false;
      const done = work.finally(() => (isDone = true));
      done.catch(() => undefined);
      const limitMs = nowMs + waitMaxMs;
      for (await settle(); !isDone;) {
        const event = events.shift();
        if (!event || event.atMs > limitMs) throw new Error("somebody waits for what will never happen");
        await happen(event);
      }
      return done;
    },
    /** Work of another process that has to come back before anything else happens. */
    leave: (): void => void (outside += 1),
    comeBack(): void {
      outside -= 1;
      if (outside > 0) return;
      const waiting = whenBack;
      whenBack = [];
      for (const resolve of waiting) resolve();
    },
  };
}
