import type { MovementOutput, VoidInput } from "#shared/contracts/points.ts";
import { err, ok, type Result } from "#shared/std/result.ts";
import { pointsAward, pointsVoidAward } from "#shared/domain/earning/ops.ts";
import { fieldOfUse, withPoints } from "#shared/domain/earning/day-cap.ts";
import { decideVoid, type Voidable, type VoidDecision, type VoidFacts, type VoidRefusal } from "#shared/domain/ledger/decide-void.ts";
import { dataOf } from "#shared/domain/operations/declare.ts";
import { pointsConfirm, redemptionOf } from "#shared/domain/redemption/hold-ops.ts";
import { pointsRedeem, pointsVoidRedeem } from "#shared/domain/redemption/ops.ts";
import { businessDateOf } from "#shared/domain/time/business-date.ts";
import { may, secondFor, type Operator } from "#shared/domain/staff/roles.ts";
import { isSameIntent } from "#main/app/intent.ts";
import type { Clock } from "#main/app/ports/clock.ts";
import type { Ports } from "#main/app/ports/ports.ts";
import type { LoggedOperation, Reading, Writing } from "#main/app/ports/store.ts";
import { receiptOf } from "./receipt.ts";

type Refusal = LocalRefusal | { code: "OPERATION_NOT_FOUND" } | { code: "REQUEST_ID_REUSED" };

type LocalRefusal =
  | Exclude<VoidRefusal, { code: "NOT_THE_AUTHOR" }>
  | { code: "NOT_THE_AUTHOR"; author: string; permission: "points.void_others" };

/** Undoes an award or a redemption: by its author or with a supervisor, at the station that wrote it, on its day. It stands in the journal. */
export const makeVoid =
  ({ store, clock }: Ports) =>
  (input: VoidInput, by: Operator): Result<MovementOutput, Refusal> =>
    store.write((tx): Result<MovementOutput, Refusal> => {
      const { requestId, undoes, reason } = input;
      const today = clock.businessDate();
      const earlier = tx.operations.find(requestId);
      if (earlier) {
        const isSame = [pointsVoidAward, pointsVoidRedeem].some((type) => isSameIntent(earlier, type, { undoes, reason }));
        return isSame ? ok(receiptOf(tx, earlier, today)) : err({ code: "REQUEST_ID_REUSED" });
      }
      const original = tx.operations.find(undoes);
      if (!original) return err({ code: "OPERATION_NOT_FOUND" });
      const decision = decideVoid(voidFacts(tx, clock, original, by));
      if (!decision.ok) return err(withAuthorsName(tx, decision.error));
      const isOthers = original.body.by !== by.staffId;
      const second = isOthers ? secondFor(by, "points.void_others") : undefined;
      const op = appendVoid(tx, original, decision.value, { opId: requestId, by: by.staffId, second, reason });
      return ok(receiptOf(tx, op, today));
    });

type Undoing = {
  readonly opId: string;
  readonly by: string;
  readonly second?: string | undefined;
  readonly reason: string;
  /** The request of another counter that it answers. */
  readonly answers?: string;
};

/** Writes the undoing of a movement. */
export function appendVoid(
  tx: Writing,
  original: LoggedOperation,
  decision: VoidDecision,
  { reason, answers, ...intent }: Undoing,
): LoggedOperation {
  const { points, memberId } = decision;
  const d = { undoes: original.opId, memberId, points, ...(answers !== undefined && { answers }) };
  return decision.kind === "award"
    ? tx.append({
        ...intent,
        personal: { reason },
        type: pointsVoidAward,
        d: {
          ...d,
          fromRight: decision.fromRight,
          rest: decision.rest,
          ...(decision.budget && { budget: decision.budget }),
          ...capWithout(tx, original),
        },
      })
    : tx.append({
        ...intent,
        personal: { reason },
        type: pointsVoidRedeem,
        d: { ...d, lines: [...decision.lines], ...giftBack(original), ...holdOf(original) },
      });
}

/** What was given and is taken back counts no more of the cap of its day. */
function capWithout(view: Reading, original: LoggedOperation) {
  const award = dataOf(original, pointsAward);
  if (!award?.cap) return {};
  const { memberId, ruleId, earnedOn, points } = award;
  const field = fieldOfUse(ruleId, original.replica);
  return { cap: { ruleId, days: withPoints(view.capUses.find(memberId), field, earnedOn, -points) } };
}

/** What went over the counter with the points comes back over it. */
function giftBack(original: LoggedOperation) {
  const gift = dataOf(original, pointsRedeem)?.gift;
  return gift && { gift: { giftId: gift.giftId, branchId: gift.branchId, pieces: gift.pieces } };
}

function holdOf(original: LoggedOperation) {
  const confirmed = dataOf(original, pointsConfirm);
  return confirmed && { holdId: confirmed.holdId };
}

/** A person at the counter is told a name to call, not an id, and what a supervisor could lend instead. */
const withAuthorsName = (view: Reading, refusal: VoidRefusal): LocalRefusal =>
  refusal.code === "NOT_THE_AUTHOR"
    ? { ...refusal, author: view.staff.find(refusal.author)?.displayName ?? refusal.author, permission: "points.void_others" }
    : refusal;

/** What decides whether an operation may be undone here and now. */
export function voidFacts(view: Reading, clock: Clock, original: LoggedOperation, by: Operator): VoidFacts {
  return {
    original: voidableOf(view, original),
    author: original.body.by,
    operator: by.staffId,
    mayVoidOthers: may(by, "points.void_others"),
    isVoidedAlready: view.operations.undoOf(original.opId) !== undefined,
    madeOn: businessDateOf(original.body.at),
    today: clock.businessDate(),
    clockIsInDoubt: clock.reading().doubt,
  };
}

export function voidableOf(view: Reading, op: LoggedOperation): Voidable | undefined {
  if (isOfEarlierLife(view, op)) return undefined;
  const award = dataOf(op, pointsAward);
  // A proposal is head office's from the moment it is made.
  if (award?.outcome.kind === "lot")
    return {
      kind: "award",
      memberId: award.memberId,
      points: award.points,
      heldHere: view.rights.heldOf(op.opId),
      budget: award.budget && { itemId: award.budget.itemId, lines: award.budget.lines },
    };
  const redeemed = redemptionOf(op);
  return redeemed && { kind: "redemption", memberId: redeemed.memberId, points: redeemed.costPoints, lines: redeemed.lines };
}

/** Head office closed the books of that life, and corrects them itself. The operations of earlier lives come first in the log. */
function isOfEarlierLife(view: Reading, { seq }: LoggedOperation): boolean {
  const earlier = view.identity()?.earlierLives ?? [];
  return seq <= earlier.reduce((all, { operations }) => all + operations, 0);
}
