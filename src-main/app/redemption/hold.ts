import type { MovementOutput } from "#shared/contracts/points.ts";
import type { HoldInput } from "#shared/contracts/redemption.ts";
import { err, ok, type Result } from "#shared/std/result.ts";
import { pointsHold } from "#shared/domain/redemption/hold-ops.ts";
import type { Operator } from "#shared/domain/staff/roles.ts";
import { cardsTakenForGood } from "#main/app/cards/sub-cards.ts";
import { isSameIntent } from "#main/app/intent.ts";
import { receiptOf } from "#main/app/points/receipt.ts";
import { counterDays } from "#main/app/points/sure-day.ts";
import type { Ports } from "#main/app/ports/ports.ts";
import { payFor, type PaymentRefusal } from "./redeem.ts";

type Refusal = PaymentRefusal | { code: "PLAN_HANDS_OUT_GIFT" } | { code: "REQUEST_ID_REUSED" };

/**
 * Keeps points back before a terminal or a partner is asked to carry out a redemption. What becomes of them is said by a confirmation or a
 * cancellation, and by nothing else.
 */
export const makeHold =
  ({ store, clock, headOffice }: Ports) =>
  (input: HoldInput, by: Operator): Result<MovementOutput, Refusal> =>
    store.write((tx): Result<MovementOutput, Refusal> => {
      const { requestId, ...asked } = input;
      const days = counterDays(tx, clock);
      const { today } = days;
      const earlier = tx.operations.find(requestId);
      if (earlier) return isSameIntent(earlier, pointsHold, asked) ? ok(receiptOf(tx, earlier, today)) : err({ code: "REQUEST_ID_REUSED" });
      const payment = payFor(tx, asked, days, headOffice.isUp());
      if (!payment.ok) return payment;
      const { plan, costPoints, lines } = payment.value;
      // A gift goes over this counter, so nobody else is asked for it.
      if (plan.giftId !== null) return err({ code: "PLAN_HANDS_OUT_GIFT" });
      const d = { ...asked, costPoints, lines, ...cardsTakenForGood(tx, asked.memberId) };
      return ok(receiptOf(tx, tx.append({ opId: requestId, type: pointsHold, by: by.staffId, d }), today));
    });
