import type { StockMove } from "./stock-move.ts";

type Counted = Pick<StockMove, "moveId" | "why" | "pieces" | "hlc" | "secondPerson">;

export type OnHand = {
  /** May be below zero: the shelf wins over the books, which then are wrong. */
  readonly pieces: number;
  /** Something was handed out that the books did not have, and nobody has counted since. */
  readonly mustBeCounted: boolean;
};

/**
 * What lies there: the last count, and every movement after it. A movement before the count is in it already, also when it is heard of
 * later; and two who counted the same shelf apart do not take the difference twice.
 *
 * @param moves of one item at one branch, in any order
 */
export function onHandOf(moves: readonly Counted[]): OnHand {
  const count = moves
    .filter(({ why }) => why === "counted")
    .reduce<Counted | undefined>((last, move) => (last && isLater(last, move) ? last : move), undefined);
  const since = moves.filter((move) => move.why !== "counted" && (!count || isLater(move, count)));
  const pieces = since.reduce((sum, move) => sum + move.pieces, count?.pieces ?? 0);
  return { pieces, mustBeCounted: pieces < 0 || since.some(({ secondPerson }) => secondPerson !== null) };
}

/** The clock orders; of two stations that read the same, the id does, so that both sides of the line say the same. */
const isLater = (a: Counted, b: Counted): boolean => (a.hlc === b.hlc ? a.moveId > b.moveId : a.hlc > b.hlc);
