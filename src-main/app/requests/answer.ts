import { err, ok, type Result } from "#shared/std/result.ts";
import { undoingOf } from "#shared/domain/ledger/decide-void.ts";
import { dataOf } from "#shared/domain/operations/declare.ts";
import { pointsVoidAward } from "#shared/domain/earning/ops.ts";
import { pointsVoidRedeem } from "#shared/domain/redemption/ops.ts";
import { requestDecline } from "#shared/domain/requests/ops.ts";
import type { RequestRecord } from "#shared/domain/requests/request.ts";
import type { Operator } from "#shared/domain/staff/roles.ts";
import { isSameIntent } from "#main/app/intent.ts";
import { appendVoid, voidableOf } from "#main/app/points/void-movement.ts";
import type { Ports } from "#main/app/ports/ports.ts";
import type { Reading } from "#main/app/ports/store.ts";

type Answered = { readonly id: string };
type Refusal =
  | { code: "REQUEST_NOT_FOUND" }
  | { code: "REQUEST_ANSWERED" }
  | { code: "OPERATION_NOT_FOUND" }
  | { code: "ALREADY_VOIDED" }
  | { code: "REQUEST_ID_REUSED" };

/** Undoes an entry of this station because another counter asks for it; the day it was made on does not matter then, the person does. */
export const makeAcceptRequest =
  ({ store }: Ports) =>
  ({ requestId, id }: { requestId: string; id: string }, by: Operator): Result<Answered, Refusal> =>
    store.write((tx): Result<Answered, Refusal> => {
      const earlier = tx.operations.find(requestId);
      if (earlier) {
        const voiding = dataOf(earlier, pointsVoidAward) ?? dataOf(earlier, pointsVoidRedeem);
        return voiding?.answers === id ? ok({ id }) : err({ code: "REQUEST_ID_REUSED" });
      }
      const request = askedOfUs(tx, id);
      if (!request.ok) return request;
      const entry = request.value.opId === null ? undefined : tx.operations.find(request.value.opId);
      const voidable = entry && voidableOf(tx, entry);
      if (!entry || !voidable) return err({ code: "OPERATION_NOT_FOUND" });
      if (tx.operations.undoOf(entry.opId) !== undefined) return err({ code: "ALREADY_VOIDED" });
      const undoing = { opId: requestId, by: by.staffId, reason: request.value.reason ?? "", answers: id };
      appendVoid(tx, entry, undoingOf(voidable), undoing);
      return ok({ id });
    });

/** Says no, and why; the counter that asked reads it. */
export const makeDeclineRequest =
  ({ store }: Ports) =>
  ({ requestId, id, reason }: { requestId: string; id: string; reason: string }, by: Operator): Result<Answered, Refusal> =>
    store.write((tx): Result<Answered, Refusal> => {
      const earlier = tx.operations.find(requestId);
      if (earlier)
        return isSameIntent(earlier, requestDecline, { requestId: id, reason }) ? ok({ id }) : err({ code: "REQUEST_ID_REUSED" });
      const request = askedOfUs(tx, id);
      if (!request.ok) return request;
      tx.append({ opId: requestId, type: requestDecline, by: by.staffId, d: { requestId: id }, personal: { reason } });
      return ok({ id });
    });

function askedOfUs(view: Reading, id: string): Result<RequestRecord, { code: "REQUEST_NOT_FOUND" } | { code: "REQUEST_ANSWERED" }> {
  const request = view.requests.find(id);
  if (!request || request.origin !== view.identity()?.replica) return err({ code: "REQUEST_NOT_FOUND" });
  return request.state === "sent" ? ok(request) : err({ code: "REQUEST_ANSWERED" });
}
