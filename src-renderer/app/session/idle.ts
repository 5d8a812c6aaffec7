/**
 * Counts by the clock and not by timers that ran: a computer that slept wakes up locked.
 *
 * @param lastTouchedMs when somebody last pressed a key, moved the pointer or swiped a card
 * @param minutes how long nobody may have touched the counter
 */
export const hasBeenIdle = (lastTouchedMs: number, nowMs: number, minutes: number): boolean => nowMs - lastTouchedMs >= minutes * 60 * 1000;
