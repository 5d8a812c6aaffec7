/** Time as devices see it. Handed in, so that a test owns it and a silence of 200 ms takes none. */
export interface Clock {
  /** Milliseconds from any fixed point; it never goes backwards. */
  now(): number;
  /** Calls back once, `ms` from now, unless the returned function was called first. */
  after(ms: number, callback: () => void): () => void;
}

/** The machine's own time: monotonic, so that a corrected wall clock cuts no card in half. */
export const systemClock: Clock = {
  now: () => performance.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};
