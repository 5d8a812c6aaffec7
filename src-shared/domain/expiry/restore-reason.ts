/** Why expired points are given back by decision: a fault of ours, something that the member could do nothing about, or kindness. */
export const restoreReasons = ["ourFault", "outOfHands", "goodwill"] as const;
export type RestoreReason = (typeof restoreReasons)[number];
