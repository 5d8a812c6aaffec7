import type { MovementOutput } from "#shared/contracts/points.ts";
import { mustView } from "#main/app/members/must-view.ts";
import type { LoggedOperation, Reading } from "#main/app/ports/store.ts";

type MovementData = {
  readonly memberId: string;
  readonly points?: number;
  readonly costPoints?: number;
  readonly outcome?: { readonly kind: string };
};

/** Points of an operation as its receipt says them: positive in, negative out. */
export function signedPoints(op: LoggedOperation): number {
  const d = op.body.d as MovementData;
  const points = d.points ?? d.costPoints ?? 0;
  return op.type === "points.redeem" || op.type === "points.void_award" ? -points : points;
}

export const isProposal = (op: LoggedOperation): boolean => (op.body.d as MovementData).outcome?.kind === "proposal";

/** What the counter is told after a movement, the same each time the request comes. */
export function receiptOf(view: Reading, op: LoggedOperation, today: string): MovementOutput {
  return {
    opId: op.opId,
    points: signedPoints(op),
    isProposal: isProposal(op),
    member: mustView(view, (op.body.d as MovementData).memberId, today),
  };
}
