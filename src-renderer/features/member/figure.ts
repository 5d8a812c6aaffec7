import type { Explanation } from "#shared/contracts/points.ts";

/** A number of the member pane that can be taken apart. */
export type Figure = Explanation["figure"];
/** What of the member pane opens its explanation. */
export type Explained = Figure | "tier";
