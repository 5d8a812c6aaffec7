import type { ClosedShift, CloseShiftInput } from "#shared/contracts/shift.ts";
import { err, ok, type Result } from "#shared/std/result.ts";
import { dataOf } from "#shared/domain/operations/declare.ts";
import { figuresByPerson } from "#shared/domain/shift/figures.ts";
import { shiftClose } from "#shared/domain/shift/ops.ts";
import type { Operator } from "#shared/domain/staff/roles.ts";
import { isSameIntent } from "#main/app/intent.ts";
import type { Ports } from "#main/app/ports/ports.ts";
import { requireIdentity } from "#main/app/session/identity.ts";
import { openShift } from "./open-shift.ts";
import { giftsOf, viewClosedShift } from "./view-shift.ts";

type Refusal = { code: "SHIFT_EMPTY" } | { code: "SHIFT_CLOSED" } | { code: "REQUEST_ID_REUSED" };

/**
 * Closes the shift with the figures that the person saw: what came in since is of the next one. What head office has not heard is
 * counted and stops nothing.
 */
export const makeCloseShift =
  ({ store, clock }: Ports) =>
  ({ requestId, upTo }: CloseShiftInput, by: Operator): Result<ClosedShift, Refusal> =>
    store.write((tx): Result<ClosedShift, Refusal> => {
      const earlier = tx.operations.find(requestId);
      if (earlier) {
        const isSame = isSameIntent(earlier, shiftClose, { shiftId: requestId, upTo });
        return isSame ? ok(viewClosedShift(tx, earlier)) : err({ code: "REQUEST_ID_REUSED" });
      }
      const last = tx.operations.find(upTo);
      if (!last) return err({ code: "SHIFT_EMPTY" });
      const shift = openShift(tx, last);
      if (shift.entries[0]?.op.opId !== upTo) return err({ code: "SHIFT_CLOSED" });
      const { operations, quarantined } = tx.exchange.waiting();
      const d = {
        shiftId: requestId,
        branchId: requireIdentity(tx).branchId,
        businessDate: clock.businessDate(),
        sinceMs: shift.entries.at(-1)?.op.body.at ?? clock.nowMs(),
        after: (shift.before && dataOf(shift.before, shiftClose)?.upTo) ?? null,
        upTo,
        people: figuresByPerson(shift.entries.toReversed()).map(({ staffId, figures }) => ({ staffId, figures })),
        gifts: [...giftsOf(shift.entries)],
        unsent: { waiting: operations, quarantined },
      };
      return ok(viewClosedShift(tx, tx.append({ opId: requestId, type: shiftClose, by: by.staffId, d })));
    });
