import { pointsAward, pointsVoidAward } from "#shared/domain/earning/ops.ts";
import { proposalDecideHere } from "#shared/domain/earning/proposal-ops.ts";
import { dataOf } from "#shared/domain/operations/declare.ts";
import type { Operation } from "#shared/domain/operations/operation.ts";
import { redemptionOf } from "#shared/domain/redemption/hold-ops.ts";
import { pointsVoidRedeem } from "#shared/domain/redemption/ops.ts";

/** Points of a movement as its receipt says them: positive in, negative out; null for an operation that moves none at a counter. */
export function signedPoints(op: Operation): number | null {
  const taken = redemptionOf(op)?.costPoints ?? dataOf(op, pointsVoidAward)?.points;
  if (taken !== undefined) return -taken;
  return dataOf(op, pointsAward)?.points ?? dataOf(op, pointsVoidRedeem)?.points ?? dataOf(op, proposalDecideHere)?.lot?.points ?? null;
}

/** An award whose points wait for head office: not the member's yet. */
export const isProposal = (op: Operation): boolean => dataOf(op, pointsAward)?.outcome.kind === "proposal";
