import { setImmediate } from "node:timers/promises";

export type Timeline = ReturnType<typeof makeTimeline>;

type Event = { readonly atMs: number; readonly run: () => void };

const rushMs = 1_000;

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

  /** What is due within the same second happens at once: head office is asked by several before it has answered the first. */
  async function happenAtOnce(first: Event): Promise<void> {
    const together = [first];
    for (let next = events[0]; next && next.atMs <= first.atMs + rushMs; next = events[0]) together.push(...events.splice(0, 1));
    nowMs = Math.max(nowMs, together.at(-1)?.atMs ?? 0);
    for (const event of together) event.run();
    await settle();
  }

  async function wait<T>(work: Promise<T>, step: (event: Event) => Promise<void>): Promise<T> {
    let isDone = false;
    const done = work.finally(() => (isDone = true));
    done.catch(() => undefined);
    const limitMs = nowMs + waitMaxMs;
    for (await settle(); !isDone;) {
      const event = events.shift();
      if (!event || event.atMs > limitMs) throw new Error("somebody waits for what will never happen");
      await step(event);
    }
    return done;
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
    until: <T>(work: Promise<T>): Promise<T> => wait(work, happen),
    /** The same in a rush: nobody waits for another one's end. What a database in another process makes of it is not the seed's to say. */
    untilInRush: <T>(work: Promise<T>): Promise<T> => wait(work, happenAtOnce),
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
