import { effectsOf } from "#shared/domain/operations/effects-of.ts";
import type { VerdictRecord } from "#shared/domain/verdicts/verdict.ts";
import { lifeNow } from "./lives.ts";
import type { Tables, Touched } from "./tables.ts";

/**
 * Takes a later verdict on what this station wrote. Rows follow by themselves: head office moves them forward with each verdict, and what had
 * effect at last is in them.
 *
 * What may be spent here does not: of an operation that never had effect the station has counted points. It then goes on as another life, with the
 * rights that head office knows of, since only one side can have counted right.
 */
export function hearVerdict(tables: Tables, touched: Touched, { opId, outcome, code }: VerdictRecord): void {
  const { identity, meta, operations } = tables;
  const op = operations.find(opId);
  // Its first verdict is still to come, and says the same when it is asked for again.
  if (!op || op.state === "waiting") return;
  operations.judgedAgain(opId, outcome, code);
  touched.wroteOperations = true;
  if (op.memberId !== null) touched.memberIds.add(op.memberId);
  if (outcome !== "refused") return;
  const self = identity.require();
  const meaning = effectsOf(op);
  const movesPoints = meaning.ok && meaning.value.effects.some(({ kind }) => kind === "move");
  if (movesPoints && op.seq > lifeNow(self).before) meta.put("rightsDifferIn", self.incarnation);
}
