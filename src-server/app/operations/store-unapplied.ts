import type { receiveOperations } from "./receive.ts";

/** Keeps operations as they came, without looking into them: received, acknowledged, and without effect until somebody decides. */
export const storeUnapplied: typeof receiveOperations = async (tx, _machine, _identity, _station, operations) => {
  const firstHeard = new Set((await tx.inbox.find(operations.map(({ opId }) => opId))).map(({ opId }) => opId));
  const judged = operations.map((op) => ({
    ...op,
    verdict: "quarantined" as const,
    code: firstHeard.has(op.opId) ? "OP_ID_REUSED" : "APPLY_FAILED",
    settle: [],
  }));
  await tx.inbox.insert(judged);
  return judged;
};
