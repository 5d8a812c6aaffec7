/** Five wrong passwords in a quarter of an hour lock the account for a quarter of an hour (U-04). */
const lockOut = { failuresMax: 5, windowMs: 15 * 60 * 1000 } as const;

/** How long a failed attempt matters: it may be the first of five whose last one locked the account. */
export const failuresKeptMs = 2 * lockOut.windowMs;

export type LockOut = { readonly lockedUntilMs: number | null; readonly attemptsLeft: number };

/**
 * @param failuresMs instants of failed attempts within `failuresKeptMs`, newest first; those dated after now were written by a clock
 *   that was ahead, and would lock the account until that time comes
 */
export function lockOutAt(failuresMs: readonly number[], nowMs: number): LockOut {
  const past = failuresMs.filter((atMs) => atMs <= nowMs);
  const newest = past[0];
  if (newest === undefined || newest <= nowMs - lockOut.windowMs) return { lockedUntilMs: null, attemptsLeft: lockOut.failuresMax };
  // Counted back from the newest failure, not from now: a lock that began holds for its whole time although its first failures age.
  const together = past.filter((atMs) => atMs > newest - lockOut.windowMs).length;
  if (together >= lockOut.failuresMax) return { lockedUntilMs: newest + lockOut.windowMs, attemptsLeft: 0 };
  const recent = past.filter((atMs) => atMs > nowMs - lockOut.windowMs).length;
  return { lockedUntilMs: null, attemptsLeft: lockOut.failuresMax - recent };
}
