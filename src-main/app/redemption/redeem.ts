import type { MovementOutput } from "#shared/contracts/points.ts";
import type { PlanView, RedeemInput } from "#shared/contracts/redemption.ts";
import { err, ok, type Result } from "#shared/std/result.ts";
import { byExpiry, hasLapsed, type HeldLot, type LotLine } from "#shared/domain/ledger/lots.ts";
import { inForce } from "#shared/domain/publications/in-force.ts";
import { decideRedemption, type RedemptionRefusal } from "#shared/domain/redemption/decide-redemption.ts";
import { pointsRedeem } from "#shared/domain/redemption/ops.ts";
import type { RedemptionPlan } from "#shared/domain/redemption/plan.ts";
import { decideHandOut } from "#shared/domain/stock/decide-hand-out.ts";
import type { Operator } from "#shared/domain/staff/roles.ts";
import { cardsTakenForGood } from "#main/app/cards/sub-cards.ts";
import { isSameIntent } from "#main/app/intent.ts";
import { viewBalance } from "#main/app/members/member-view.ts";
import { lotsPerOperation } from "#main/app/points/lots-per-operation.ts";
import { lotsToSpend } from "#main/app/pools/shared-points.ts";
import { receiptOf } from "#main/app/points/receipt.ts";
import { counterDays, isSurelyOpen, type CounterDays } from "#main/app/points/sure-day.ts";
import { subjectOf } from "#main/app/points/subject.ts";
import type { Ports } from "#main/app/ports/ports.ts";
import type { Reading } from "#main/app/ports/store.ts";
import { requireIdentity } from "#main/app/session/identity.ts";
import { onHand } from "#main/app/stock/on-hand.ts";

type Insufficient = Extract<RedemptionRefusal, { code: "INSUFFICIENT_POINTS" }> & {
  balance: number | null;
  atHeadOffice: number;
  lineIsUp: boolean;
};
/** Asked of a second person even where the first one has it: whoever stands alone counts the shelf, and then the books have it. */
const handOutShort = "gift.hand_out_short";

/** Why nothing can be paid. */
export type PaymentRefusal =
  | Exclude<RedemptionRefusal, { code: "INSUFFICIENT_POINTS" }>
  | Insufficient
  | { code: "MEMBER_NOT_FOUND" }
  | { code: "PLAN_NOT_FOUND" };

type Refusal =
  | PaymentRefusal
  | { code: "GIFT_SHORT"; onHand: number; asOfMs: number | null; permission: typeof handOutShort }
  | { code: "REQUEST_ID_REUSED" };

/** Redeems under a plan from what this station itself holds; nobody else ever spends the same points. */
export const makeRedeem =
  ({ store, clock, headOffice }: Ports) =>
  (input: RedeemInput, by: Operator): Result<MovementOutput, Refusal> =>
    store.write((tx): Result<MovementOutput, Refusal> => {
      const { requestId, ...asked } = input;
      const days = counterDays(tx, clock);
      const { today } = days;
      const earlier = tx.operations.find(requestId);
      if (earlier)
        return isSameIntent(earlier, pointsRedeem, asked) ? ok(receiptOf(tx, earlier, today)) : err({ code: "REQUEST_ID_REUSED" });

      const payment = payFor(tx, asked, days, headOffice.isUp());
      if (!payment.ok) return payment;
      const { plan, costPoints, lines } = payment.value;
      const lender = by.loan?.permission === handOutShort ? by.loan.lentBy : undefined;
      const gift = plan.giftId === null ? undefined : giftOf(tx, plan.giftId, input.quantity, lender);
      if (gift && !gift.ok) return err({ ...gift.error, asOfMs: tx.exchange.lastContactMs(), permission: handOutShort });
      const d = { ...asked, costPoints, lines, ...cardsTakenForGood(tx, asked.memberId), ...(gift && { gift: gift.value }) };
      const op = tx.append({ opId: requestId, type: pointsRedeem, by: by.staffId, second: gift?.value.isShort ? lender : undefined, d });
      return ok(receiptOf(tx, op, today));
    });

type Asked = Omit<RedeemInput, "requestId">;
type Payment = { readonly plan: RedemptionPlan; readonly costPoints: number; readonly lines: LotLine[] };

/** What a redemption costs today, and which of the lots held here would pay for it. */
export function payFor(view: Reading, asked: Asked, days: CounterDays, lineIsUp: boolean): Result<Payment, PaymentRefusal> {
  const { memberId, planId, planVersion, quantity } = asked;
  const { today } = days;
  const member = subjectOf(view, memberId);
  if (!member) return err({ code: "MEMBER_NOT_FOUND" });
  const plan = currentPlans(view.plans.all(), today).find((each) => each.planId === planId);
  if (!plan) return err({ code: "PLAN_NOT_FOUND" });
  const heldLots = payableAtOnce(lotsToSpend(view, memberId), today);
  const decision = decideRedemption({ subject: member.subject, plan, shownPlanVersion: planVersion, quantity, heldLots, ...days });
  if (decision.ok) return ok({ plan, costPoints: decision.value.costPoints, lines: [...decision.value.lines] });
  const { error } = decision;
  if (error.code !== "INSUFFICIENT_POINTS") return err(error);
  const { balance, atHeadOffice, shared } = viewBalance(view, memberId, today);
  const inPool = shared ? shared.balance - shared.spendableHere : 0;
  return err({ ...error, balance, atHeadOffice: atHeadOffice + inPool, lineIsUp });
}

/** What goes over the counter with the points. @param lender who agrees, where the books alone would not let it go */
function giftOf(view: Reading, giftId: string, pieces: number, lender: string | undefined) {
  const { pieces: here } = onHand(view, { kind: "gift", id: giftId });
  const decided = decideHandOut({ pieces, onHand: here, hasSecondPerson: lender !== undefined });
  if (!decided.ok) return decided;
  return ok({ giftId, branchId: requireIdentity(view).branchId, pieces, isShort: decided.value.isShort });
}

/** The lots that one operation can name; a member with more of them is served in two goes. */
const payableAtOnce = (lots: readonly HeldLot[], today: string): readonly HeldLot[] =>
  lots
    .filter((lot) => !hasLapsed(lot, today))
    .toSorted(byExpiry)
    .slice(0, lotsPerOperation);

/** Of each plan the version that counts today, or, before its first day, the one it begins with. */
function currentPlans(all: readonly RedemptionPlan[], today: string): readonly RedemptionPlan[] {
  const versions = Map.groupBy(all, ({ planId }) => planId);
  return [...versions.values()].flatMap((each) => inForce(each, today) ?? each[0] ?? []);
}

/** Plans open today, cheapest first. */
export const makeListPlans =
  ({ store, clock }: Ports) =>
  (): PlanView[] =>
    store.read((view) => {
      const days = counterDays(view, clock);
      const open = currentPlans(view.plans.all(), days.today).filter((plan) => isSurelyOpen(plan, days));
      return open.toSorted((a, b) => a.costPoints - b.costPoints).map((plan) => viewPlan(view, plan));
    });

const viewPlan = (view: Reading, { giftId, ...plan }: RedemptionPlan): PlanView => ({
  ...plan,
  shelf: giftId === null ? null : { onHand: onHand(view, { kind: "gift", id: giftId }).pieces, asOfMs: view.exchange.lastContactMs() },
});
