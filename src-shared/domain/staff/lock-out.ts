/** Five wrong passwords in a quarter of an hour lock the account for a quarter of an hour (U-04). */
export const lockOut = { failuresMax: 5, windowMs: 15 * 60 * 1000 } as const;

export type LockOut = { readonly lockedUntilMs: number | null; readonly attemptsLeft: number };

/** @param failuresMs instants of failed attempts, newest first */
export function lockOutAt(failuresMs: readonly number[], nowMs: number): LockOut {
  const recent = failuresMs.filter((atMs) => atMs > nowMs - lockOut.windowMs);
  const newest = recent[0];
  const isLocked = newest !== undefined && recent.length >= lockOut.failuresMax;
  return { lockedUntilMs: isLocked ? newest + lockOut.windowMs : null, attemptsLeft: Math.max(0, lockOut.failuresMax - recent.length) };
}
