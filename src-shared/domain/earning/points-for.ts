/** `points` for every full `perFen` of an amount. Apart from the rule's schema, so that a screen can preview points without a validator. */
type Rate = { readonly points: number; readonly perFen: number };

/**
 * Points of an amount under a rule.
 *
 * @returns whole points, rounded down once over the whole amount; exact for any amount below 2^53 fen
 */
export function pointsFor(rule: Rate, amountFen: number): number {
  return Number((BigInt(amountFen) * BigInt(rule.points)) / BigInt(rule.perFen));
}

/** The smallest amount that earns a point, in fen. */
export const firstPointFen = (rule: Rate): number => Math.ceil(rule.perFen / rule.points);
