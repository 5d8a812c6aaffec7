import type { AwardInput, EarningRuleView, MovementOutput } from "#shared/contracts/points.ts";
import { err, ok, type Result } from "#shared/std/result.ts";
import { decideAward, type AwardRefusal } from "#shared/domain/earning/decide-award.ts";
import { pointsAward } from "#shared/domain/earning/ops.ts";
import { spendEarliestExpiryFirst } from "#shared/domain/ledger/lots.ts";
import type { Operator } from "#shared/domain/staff/roles.ts";
import { isSameIntent } from "#main/app/intent.ts";
import { cardsTakenForGood } from "#main/app/cards/sub-cards.ts";
import type { Ports } from "#main/app/ports/ports.ts";
import { poolOf } from "#main/app/pools/shared-points.ts";
import { tierFactorHere } from "#main/app/tiers/view-tier.ts";
import { capFacts } from "./cap-facts.ts";
import { currentRules } from "./current-rules.ts";
import { receiptOf } from "./receipt.ts";
import { viewRule } from "./rules.ts";
import { counterDays } from "./sure-day.ts";
import { awardedName, subjectOf } from "./subject.ts";

type Refusal =
  | Exclude<AwardRefusal, { code: "RULE_CHANGED" }>
  | { code: "RULE_CHANGED"; rule: EarningRuleView }
  | { code: "MEMBER_NOT_FOUND" }
  | { code: "RULE_NOT_FOUND" }
  | { code: "RECEIPT_USED"; atMs: number; opId: string }
  | { code: "REQUEST_ID_REUSED" };

/** Awards points for a purchase, the cause (P-04): at once, or as a proposal that head office decides (P-08). */
export const makeAward =
  ({ store, clock }: Ports) =>
  (input: AwardInput, by: Operator): Result<MovementOutput, Refusal> =>
    store.write((tx): Result<MovementOutput, Refusal> => {
      const { requestId, memberId, ...what } = input;
      const { today, sureDay } = counterDays(tx, clock);
      const earlier = tx.operations.find(requestId);
      if (earlier) {
        const isSame = isSameIntent(earlier, pointsAward, what) && tx.members.namesOf(memberId).includes(earlier.memberId ?? "");
        return isSame ? ok(receiptOf(tx, earlier, today)) : err({ code: "REQUEST_ID_REUSED" });
      }

      const member = subjectOf(tx, memberId);
      if (!member) return err({ code: "MEMBER_NOT_FOUND" });
      const rule = currentRules(tx.rules.all(), today).find(({ ruleId }) => ruleId === input.ruleId);
      if (!rule) return err({ code: "RULE_NOT_FOUND" });
      const entered = tx.receipts.find(input.purchase.receiptNumber);
      if (entered) return err({ code: "RECEIPT_USED", ...entered });

      const name = awardedName(tx, memberId);
      const decision = decideAward({
        ...member,
        rule,
        shownRuleVersion: input.ruleVersion,
        amountFen: input.purchase.amountFen,
        tier: tierFactorHere(tx, memberId, today),
        budgetHere: rule.budget ? tx.rights.of(rule.budget.itemId) : [],
        pool: poolOf(tx, memberId),
        cap: { ...capFacts(tx, memberId, rule.ruleId, today), uses: tx.capUses.find(name) },
        spendableHere: spendEarliestExpiryFirst(tx.rights.of(memberId), 0, today).spendableHere,
        today,
        sureDay,
      });
      if (!decision.ok)
        return err(decision.error.code === "RULE_CHANGED" ? { code: "RULE_CHANGED", rule: viewRule(tx, rule) } : decision.error);
      const op = tx.append({
        opId: requestId,
        type: pointsAward,
        by: by.staffId,
        d: { ...what, memberId: name, ...decision.value, ...cardsTakenForGood(tx, memberId) },
      });
      return ok(receiptOf(tx, op, today));
    });
