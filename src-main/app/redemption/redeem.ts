import type { MovementOutput } from "#shared/contracts/points.ts";
import type { PlanView, RedeemInput } from "#shared/contracts/redemption.ts";
import { err, ok, type Result } from "#shared/std/result.ts";
import { byExpiry, hasLapsed, type HeldLot } from "#shared/domain/ledger/lots.ts";
import { inForce, isOpenOn } from "#shared/domain/publications/in-force.ts";
import { decideRedemption, type RedemptionRefusal } from "#shared/domain/redemption/decide-redemption.ts";
import type { RedemptionPlan } from "#shared/domain/redemption/plan.ts";
import { pointsRedeem } from "#shared/domain/redemption/ops.ts";
import type { Operator } from "#shared/domain/staff/roles.ts";
import { isSameIntent } from "#main/app/intent.ts";
import { viewBalance } from "#main/app/members/member-view.ts";
import { lotsPerOperation } from "#main/app/points/lots-per-operation.ts";
import { receiptOf } from "#main/app/points/receipt.ts";
import { subjectOf } from "#main/app/points/subject.ts";
import type { Ports } from "#main/app/ports/ports.ts";

type Insufficient = Extract<RedemptionRefusal, { code: "INSUFFICIENT_POINTS" }> & {
  balance: number | null;
  atHeadOffice: number;
  lineIsUp: boolean;
};
type Refusal =
  | Exclude<RedemptionRefusal, { code: "INSUFFICIENT_POINTS" }>
  | Insufficient
  | { code: "MEMBER_NOT_FOUND" }
  | { code: "PLAN_NOT_FOUND" }
  | { code: "REQUEST_ID_REUSED" };

/** Redeems under a plan from what this station itself holds; nobody else ever spends the same points. */
export const makeRedeem =
  ({ store, clock, headOffice }: Ports) =>
  (input: RedeemInput, by: Operator): Result<MovementOutput, Refusal> =>
    store.write((tx): Result<MovementOutput, Refusal> => {
      const { requestId, ...asked } = input;
      const today = clock.businessDate();
      const earlier = tx.operations.find(requestId);
      if (earlier)
        return isSameIntent(earlier, pointsRedeem, asked) ? ok(receiptOf(tx, earlier, today)) : err({ code: "REQUEST_ID_REUSED" });

      const member = subjectOf(tx, input.memberId);
      if (!member) return err({ code: "MEMBER_NOT_FOUND" });
      const plan = currentPlans(tx.plans.all(), today).find(({ planId }) => planId === input.planId);
      if (!plan) return err({ code: "PLAN_NOT_FOUND" });

      const decision = decideRedemption({
        subject: member.subject,
        plan,
        shownPlanVersion: input.planVersion,
        quantity: input.quantity,
        heldLots: payableAtOnce(tx.rights.of(input.memberId), today),
        today,
      });
      if (!decision.ok) {
        const { error } = decision;
        if (error.code !== "INSUFFICIENT_POINTS") return err(error);
        const { balance, atHeadOffice } = viewBalance(tx, input.memberId, today);
        return err({ ...error, balance, atHeadOffice, lineIsUp: headOffice.isUp() });
      }
      const { costPoints, lines } = decision.value;
      const op = tx.append({ opId: requestId, type: pointsRedeem, by: by.staffId, d: { ...asked, costPoints, lines: [...lines] } });
      return ok(receiptOf(tx, op, today));
    });

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
  (): PlanView[] => {
    const today = clock.businessDate();
    const current = currentPlans(
      store.read((view) => view.plans.all()),
      today,
    );
    const open = current.filter((plan) => isOpenOn(plan, today));
    return open.toSorted((a, b) => a.costPoints - b.costPoints);
  };
