import { byExpiry, hasLapsed, spendEarliestExpiryFirst, sumPoints, type HeldLot, type LotLine } from "#shared/domain/ledger/lots.ts";
import { grantTarget, type Standing } from "#shared/domain/ledger/target.ts";

/** A smaller move is not worth a row in the feed, unless the station or the pool is nearly empty. */
const smallMovePoints = 100;

export type Place = { readonly incarnation: string; readonly standing: Standing; readonly heldPoints: number };

/**
 * Decides where points of a member's pool are best held, so that a whole typical redemption can be served without the line: the home
 * station is filled first, then the one visited most elsewhere.
 *
 * @param places in the order they are filled
 * @returns the lots for each incarnation, earliest expiry first; nobody twice
 */
export function placeRights(
  pool: readonly HeldLot[],
  places: readonly Place[],
  today: string,
): readonly { readonly incarnation: string; readonly lines: readonly LotLine[] }[] {
  let left = pool.filter((lot) => !hasLapsed(lot, today)).toSorted(byExpiry);
  const placed: { incarnation: string; lines: readonly LotLine[] }[] = [];
  for (const { incarnation, standing, heldPoints } of places) {
    const poolPoints = sumPoints(left);
    const movePoints = Math.min(grantTarget(standing) - heldPoints, poolPoints);
    const isWorthIt = movePoints >= smallMovePoints || heldPoints < smallMovePoints || poolPoints < smallMovePoints;
    if (movePoints <= 0 || !isWorthIt) continue;
    const { lines } = spendEarliestExpiryFirst(left, movePoints, today);
    placed.push({ incarnation, lines });
    const taken = new Map(lines.map(({ lotId, points }) => [lotId, points]));
    left = left.map((lot) => ({ ...lot, points: lot.points - (taken.get(lot.lotId) ?? 0) })).filter(({ points }) => points > 0);
  }
  return placed;
}
