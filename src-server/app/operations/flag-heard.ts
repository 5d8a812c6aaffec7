import { entryFlag } from "#shared/domain/verdicts/ops.ts";
import { verdictIdOf } from "#shared/domain/verdicts/verdict.ts";
import type { FlagCode } from "./codes.ts";
import { headOfficeItself } from "./own-operations.ts";
import type { Work } from "./work.ts";

/**
 * Flags operations that had been applied, because of what has come since: their effect stays, and whoever wrote them is told by the row of a
 * later verdict. One that is flagged or without effect already has something said of it, and stays as it is.
 */
export async function flagHeard({ tx, books, own }: Work, opIds: readonly string[], code: FlagCode): Promise<void> {
  if (opIds.length === 0) return;
  const heard = (await tx.inbox.find(opIds)).filter(({ verdict }) => verdict === "applied");
  books.records.bring(await tx.records.find(heard.map((op) => ({ kind: "verdict", id: verdictIdOf(op) }))));
  for (const { replica, incarnation, opId, seq } of heard) {
    const results = [{ opId, seq, outcome: "flagged" as const, code }];
    await own.write(entryFlag, { by: headOfficeItself, d: { replica, incarnation, results } });
  }
  await tx.inbox.judgedAgain(heard.map((op) => ({ ...op, verdict: "flagged", code })));
}
