import type { MovementOutput } from "#shared/contracts/points.ts";
import type { EndHoldInput } from "#shared/contracts/redemption.ts";
import { err, ok, type Result } from "#shared/std/result.ts";
import { decideHoldEnd, type HoldEndRefusal } from "#shared/domain/redemption/decide-hold-end.ts";
import { pointsCancel, pointsConfirm } from "#shared/domain/redemption/hold-ops.ts";
import type { HoldRecord } from "#shared/domain/redemption/hold.ts";
import { may, secondFor, type Operator } from "#shared/domain/staff/roles.ts";
import { isSameIntent } from "#main/app/intent.ts";
import { receiptOf } from "#main/app/points/receipt.ts";
import type { Ports } from "#main/app/ports/ports.ts";
import type { Intent, LoggedOperation, Writing } from "#main/app/ports/store.ts";
import { requireIdentity } from "#main/app/session/identity.ts";

/** To end a hold on one's own word, which nobody asked for the redemption bears out. */
const settling = "hold.settle";

type Refusal =
  | Exclude<HoldEndRefusal, { code: "HOLD_NEEDS_SUPERVISOR" }>
  | { code: "HOLD_NEEDS_SUPERVISOR"; permission: typeof settling }
  | { code: "REQUEST_ID_REUSED" };

type Ending = Pick<Intent<unknown, { salt: string; reason: string }>, "opId" | "by" | "second" | "personal">;
type WriteEnd = (tx: Writing, hold: HoldRecord, saidBy: SaidBy, ending: Ending) => LoggedOperation;
type SaidBy = { readonly by: "taker"; readonly reference: string } | { readonly by: "person" };

const makeEnd =
  ({ store, clock }: Ports, type: typeof pointsConfirm | typeof pointsCancel, write: WriteEnd) =>
  ({ requestId, holdId, said }: EndHoldInput, by: Operator): Result<MovementOutput, Refusal> =>
    store.write((tx): Result<MovementOutput, Refusal> => {
      const today = clock.businessDate();
      const reason = said.by === "person" ? said.reason : undefined;
      const saidBy: SaidBy = said.by === "person" ? { by: "person" } : said;
      const earlier = tx.operations.find(requestId);
      if (earlier)
        return isSameIntent(earlier, type, { holdId, saidBy, reason })
          ? ok(receiptOf(tx, earlier, today))
          : err({ code: "REQUEST_ID_REUSED" });
      const decision = decideHoldEnd({
        hold: tx.holds.find(holdId),
        incarnation: requireIdentity(tx).incarnation,
        saidBy: said.by,
        maySettle: may(by, settling),
      });
      if (!decision.ok)
        return err(decision.error.code === "HOLD_NEEDS_SUPERVISOR" ? { ...decision.error, permission: settling } : decision.error);
      const op = write(tx, decision.value, saidBy, {
        opId: requestId,
        by: by.staffId,
        second: said.by === "person" ? secondFor(by, settling) : undefined,
        ...(reason !== undefined && { personal: { reason } }),
      });
      return ok(receiptOf(tx, op, today));
    });

/** The redemption was carried out: whoever was asked says so, or a supervisor who found out. */
export const makeConfirmHold = (ports: Ports) =>
  makeEnd(ports, pointsConfirm, (tx, hold, saidBy, ending) => {
    const { holdId, memberId, planId, planVersion, quantity, points: costPoints, lines } = hold;
    return tx.append({ ...ending, type: pointsConfirm, d: { holdId, memberId, planId, planVersion, quantity, costPoints, lines, saidBy } });
  });

/** The redemption was not carried out, and the points may be spent here again. */
export const makeCancelHold = (ports: Ports) =>
  makeEnd(ports, pointsCancel, (tx, { holdId, memberId, lines }, saidBy, ending) =>
    tx.append({ ...ending, type: pointsCancel, d: { holdId, memberId, lines, saidBy } }),
  );
