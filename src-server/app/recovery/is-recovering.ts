import type { Transaction } from "#server/app/ports/store.ts";

/** Whether head office was put back from a copy, and not every station has said what it has. */
export const isRecovering = async (tx: Transaction): Promise<boolean> => (await tx.recovery.state()).recoveringSinceMs !== null;
