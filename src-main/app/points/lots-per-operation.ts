/**
 * Lots that one operation may name. At 65 characters a line that is half of what the wire takes (`b` of a pushed operation): one that is
 * larger could never be sent, and everything behind it would wait for ever.
 */
export const lotsPerOperation = 2_000;
