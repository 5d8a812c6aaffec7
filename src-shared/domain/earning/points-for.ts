/** `points` for every full `perFen` of an amount. Apart from the rule's schema, so that a screen can preview points without a validator. */
type Rate = { readonly points: number; readonly perFen: number };

/** What somebody without a tier earns, in percent of what the rule gives. */
const everybodysPercent = 100;

/**
 * Points of an amount under a rule.
 *
 * @param percent what the member's tier makes of it
 * @returns whole points, rounded down once over the whole amount; exact for any amount below 2^53 fen
 */
export function pointsFor(rule: Rate, amountFen: number, percent: number = everybodysPercent): number {
  return Number((BigInt(amountFen) * BigInt(rule.points) * BigInt(percent)) / (BigInt(rule.perFen) * BigInt(everybodysPercent)));
}

/** The smallest amount that earns a point, in fen. */
export const firstPointFen = (rule: Rate, percent: number = everybodysPercent): number =>
  Math.ceil((rule.perFen * everybodysPercent) / (rule.points * percent));
