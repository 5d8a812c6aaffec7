import type { PushResult } from "#shared/contracts/sync/wire.ts";

/** What became of an operation, as the store keeps it; of one that head office had before, what became of it then. */
export function toSettlement({ seq, verdict, first, code, settle }: PushResult) {
  const state = verdict === "duplicate" ? (first ?? "applied") : verdict;
  return { seq, state, code: code ?? null, settle: settle[0] ?? null };
}
