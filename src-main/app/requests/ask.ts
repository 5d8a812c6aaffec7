import { err, ok, type Result } from "#shared/std/result.ts";
import { readSlip } from "#shared/domain/operations/slip-number.ts";
import { refundRequest, voidRequest } from "#shared/domain/requests/ops.ts";
import type { Operator } from "#shared/domain/staff/roles.ts";
import { isSameIntent } from "#main/app/intent.ts";
import type { Ports } from "#main/app/ports/ports.ts";

type Asked = { readonly id: string };
type RefundInput = { readonly requestId: string; readonly receiptNumber: string; readonly amountFen: number; readonly reason: string };

/** Asks head office to take back what returned goods earned: the request waits there until the purchase is known. */
export const makeAskRefund =
  ({ store }: Ports) =>
  ({ requestId, receiptNumber, amountFen, reason }: RefundInput, by: Operator): Result<Asked, { code: "REQUEST_ID_REUSED" }> =>
    store.write((tx): Result<Asked, { code: "REQUEST_ID_REUSED" }> => {
      const d = { requestId, receiptNumber, refundFen: amountFen };
      const earlier = tx.operations.find(requestId);
      if (earlier)
        return isSameIntent(earlier, refundRequest, { ...d, reason }) ? ok({ id: requestId }) : err({ code: "REQUEST_ID_REUSED" });
      tx.append({ opId: requestId, type: refundRequest, by: by.staffId, d, personal: { reason } });
      return ok({ id: requestId });
    });

type VoidInput = { readonly requestId: string; readonly slip: string; readonly memberId: string | null; readonly reason: string };
type VoidRefusal = { code: "SLIP_MALFORMED" } | { code: "OWN_SLIP" } | { code: "REQUEST_ID_REUSED" };

/** Asks the counter that wrote an entry to undo it. */
export const makeAskVoid =
  ({ store }: Ports) =>
  ({ requestId, slip: typed, memberId, reason }: VoidInput, by: Operator): Result<Asked, VoidRefusal> =>
    store.write((tx): Result<Asked, VoidRefusal> => {
      const slip = readSlip(typed);
      if (!slip) return err({ code: "SLIP_MALFORMED" });
      if (slip.replica === tx.identity()?.replica) return err({ code: "OWN_SLIP" });
      const d = { requestId, slip, memberId };
      const earlier = tx.operations.find(requestId);
      if (earlier) return isSameIntent(earlier, voidRequest, { ...d, reason }) ? ok({ id: requestId }) : err({ code: "REQUEST_ID_REUSED" });
      tx.append({ opId: requestId, type: voidRequest, by: by.staffId, d, personal: { reason } });
      return ok({ id: requestId });
    });
