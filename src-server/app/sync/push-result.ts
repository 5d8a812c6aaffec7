import type { Judgement, ReceivedOperation } from "#server/app/ports/inbox.ts";
import type { PushResult } from "#shared/contracts/sync/wire.ts";

/** What became of an operation, as its station is told. */
export const toResult = ({ seq, verdict, first, code, settle }: ReceivedOperation & Judgement): PushResult => ({
  seq,
  verdict,
  ...(first && { first }),
  ...(code !== undefined && { code }),
  settle,
});

/** The same, said once more. */
export function asDuplicate(seq: number, { verdict, first, code, settle }: Judgement): PushResult {
  const outcome = verdict === "duplicate" ? first : verdict;
  return { seq, verdict: "duplicate", ...(outcome && { first: outcome }), ...(code !== undefined && { code }), settle };
}
