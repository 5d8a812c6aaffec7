/** After how many untouched minutes a counter locks itself: a setting of the station, for where customers can reach the keyboard and where they cannot. */
export const idleLockMinutes = { min: 1, max: 30, usual: 5 } as const;
