import { pointsAward, pointsVoidAward } from "#shared/domain/earning/ops.ts";
import { proposalDecideHere } from "#shared/domain/earning/proposal-ops.ts";
import { dataOf, type OperationMeaning } from "#shared/domain/operations/declare.ts";
import type { Operation } from "#shared/domain/operations/operation.ts";
import { isUnspent, type Holder } from "./lots.ts";

/** Points that a member has: in the pool, or as somebody's right to spend them. */
const counts = (holder: Holder): number => (isUnspent(holder) ? 1 : 0);

/** What it is about: its own member, and what it does. */
type Meaning = Pick<OperationMeaning, "memberId" | "effects">;

/**
 * How an operation of this station changes what the member has of each lot, once head office has it: used until then.
 *
 * @returns points by lot id, negative where the member has less. A void includes the rest that head office will take.
 */
function lotChangesOf(op: Operation, { memberId, effects }: Meaning): ReadonlyMap<string, number> {
  const changes = new Map<string, number>();
  const change = (lotId: string, points: number): unknown => changes.set(lotId, (changes.get(lotId) ?? 0) + points);
  // What it moves of another owner, such as a budget, is not the member's.
  for (const effect of effects)
    if (effect.kind === "move" && effect.memberId === memberId)
      change(effect.lotId, effect.points * (counts(effect.to) - counts(effect.from)));
  const voiding = dataOf(op, pointsVoidAward);
  if (voiding) change(voiding.undoes, -voiding.rest);
  return changes;
}

/** How an operation changes the member's balance: the sum over the lots. */
export const balanceChangeOf = (op: Operation, meaning: Meaning): number =>
  [...lotChangesOf(op, meaning).values()].reduce((sum, points) => sum + points, 0);

/** How an operation of this station changes what is proposed for the member and waits for a decision. */
export function proposedChangeOf(op: Operation): number {
  const award = dataOf(op, pointsAward);
  if (award) return award.outcome.kind === "proposal" ? award.points : 0;
  return -(dataOf(op, proposalDecideHere)?.points ?? 0);
}
