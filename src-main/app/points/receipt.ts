import type { MovementOutput } from "#shared/contracts/points.ts";
import { pointsAward } from "#shared/domain/earning/ops.ts";
import { dataOf } from "#shared/domain/operations/declare.ts";
import { isProposal, signedPoints } from "#shared/domain/ledger/movement.ts";
import { slipOf, writeSlip } from "#shared/domain/operations/slip-number.ts";
import { mustView } from "#main/app/members/must-view.ts";
import type { LoggedOperation, Reading } from "#main/app/ports/store.ts";

/** What the counter is told after a movement, the same each time the request comes. */
export function receiptOf(view: Reading, op: LoggedOperation, today: string): MovementOutput {
  const replica = view.identity()?.replica ?? 0;
  const award = dataOf(op, pointsAward);
  return {
    opId: op.opId,
    slip: writeSlip(slipOf({ replica, seq: op.seq, opId: op.opId })),
    points: signedPoints(op) ?? 0,
    isProposal: isProposal(op),
    cutByBudget: award?.budget?.cut ?? 0,
    cutByCap: award?.cap?.cut ?? 0,
    member: mustView(view, op, today),
  };
}
