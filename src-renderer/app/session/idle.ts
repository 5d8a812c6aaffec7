/** How long nobody touches the counter until it locks itself, in milliseconds. */
const idleLockAfterMs = 5 * 60 * 1000;

/**
 * Counts by the clock and not by timers that ran: a computer that slept wakes up locked.
 *
 * @param lastTouchedMs when somebody last pressed a key, moved the pointer or swiped a card
 */
export const hasBeenIdle = (lastTouchedMs: number, nowMs: number): boolean => nowMs - lastTouchedMs >= idleLockAfterMs;
