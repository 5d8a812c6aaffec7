/** Where a station stands to a member: of the home branch, the most visited one elsewhere, or any other. */
export type Standing = "home" | "second" | "other";

/** How many points of one member a station holds for spending without the line, so that a whole typical redemption is served. */
const rightsTargets: Readonly<Record<Standing, number>> = { home: 500, second: 200, other: 200 };

/** Up to this many points of a member are spendable at once at the station that awards them; the rest goes to head office's pool. */
export const awardTarget = (standing: Standing): number => rightsTargets[standing];

/** Up to this many points head office places at a station by itself. Elsewhere a station asks when it needs them. */
export const grantTarget = (standing: Standing): number => (standing === "other" ? 0 : rightsTargets[standing]);
