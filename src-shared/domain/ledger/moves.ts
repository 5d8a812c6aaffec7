import type { Effect } from "#shared/domain/operations/effect.ts";
import type { Holder, LotLine } from "./lots.ts";

/** Moves the points of every line from one holder to another, in the order of the lines: the member's own, unless the line names a pool. */
export function movesOf(
  { memberId, lines }: { readonly memberId: string; readonly lines: readonly LotLine[] },
  from: Holder,
  to: Holder,
): readonly Effect[] {
  return lines.map(({ lotId, points, ownerId = memberId }) => ({ kind: "move", lotId, memberId: ownerId, from, to, points }));
}
