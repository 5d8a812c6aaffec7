import { pointsVoidAward } from "#shared/domain/earning/ops.ts";
import type { Effect } from "#shared/domain/operations/effect.ts";
import type { Operation } from "#shared/domain/operations/operation.ts";
import type { Holder } from "./lots.ts";

/** Points that a member has: in the pool, or as somebody's right to spend them. */
const counts = (holder: Holder): number => (holder === "POOL" || holder.startsWith("RIGHT:") ? 1 : 0);

/**
 * How an operation of this station changes the balance that head office will show once it has it: used until then.
 *
 * @returns points, negative when the balance falls. For a void it includes the rest that head office will take.
 */
export function balanceChangeOf(op: Operation, effects: readonly Effect[]): number {
  const moved = effects.reduce(
    (sum, effect) => (effect.kind === "move" ? sum + effect.points * (counts(effect.to) - counts(effect.from)) : sum),
    0,
  );
  const asVoid = op.type === pointsVoidAward.type ? pointsVoidAward.data.safeParse(op.body.d) : undefined;
  return asVoid?.success ? moved - asVoid.data.rest : moved;
}
