import type { EarningRuleView, KeepPurchaseInput, KeptPurchaseOutput, KeptPurchaseView } from "#shared/contracts/points.ts";
import { err, ok, type Result } from "#shared/std/result.ts";
import { decideEarning, type EarningRefusal } from "#shared/domain/earning/decide-earning.ts";
import { needsAttention } from "#shared/domain/earning/kept-purchase.ts";
import { purchaseKeep } from "#shared/domain/earning/kept-purchase-ops.ts";
import { pointsFor } from "#shared/domain/earning/points-for.ts";
import { slipOf, writeSlip } from "#shared/domain/operations/slip-number.ts";
import type { Operator } from "#shared/domain/staff/roles.ts";
import { resolveCard } from "#main/app/cards/resolve-card.ts";
import { isSameIntent } from "#main/app/intent.ts";
import { ownerOf } from "#main/app/members/find-members.ts";
import type { Ports } from "#main/app/ports/ports.ts";
import type { LoggedOperation, Reading } from "#main/app/ports/store.ts";
import { currentRules } from "./current-rules.ts";
import { viewRule } from "./rules.ts";
import { counterDays } from "./sure-day.ts";

type Refusal =
  | Exclude<EarningRefusal, { code: "RULE_CHANGED" }>
  | { code: "RULE_CHANGED"; rule: EarningRuleView }
  | { code: "RULE_NOT_FOUND" }
  | { code: "CARD_NOT_RECOGNISED" }
  | { code: "HANDLE_EXPIRED" }
  | { code: "CARD_TAKEN" }
  | { code: "RECEIPT_USED"; atMs: number; opId: string }
  | { code: "REQUEST_ID_REUSED" };

/** Keeps a purchase with a card of ours that nobody is known for here: no points now, and what the rule gives when the card is known. */
export const makeKeepPurchase =
  ({ store, clock, handles }: Ports) =>
  ({ requestId, card, ...asked }: KeepPurchaseInput, by: Operator): Result<KeptPurchaseOutput, Refusal> =>
    store.write((tx): Result<KeptPurchaseOutput, Refusal> => {
      const earlier = tx.operations.find(requestId);
      if (earlier) return isSameIntent(earlier, purchaseKeep, asked) ? ok(outputOf(tx, earlier)) : err({ code: "REQUEST_ID_REUSED" });
      const resolved = resolveCard(tx, handles, card);
      if (!resolved.ok) return resolved;
      const { cardNumber } = resolved.value;
      // Somebody has it after all, perhaps since a moment ago: they are served as anybody.
      if (ownerOf(tx, cardNumber) !== undefined || tx.staff.findByCard(cardNumber)) return err({ code: "CARD_TAKEN" });
      const { today, sureDay } = counterDays(tx, clock);
      const rule = currentRules(tx.rules.all(), today).find(({ ruleId }) => ruleId === asked.ruleId);
      if (!rule) return err({ code: "RULE_NOT_FOUND" });
      const entered = tx.receipts.find(asked.purchase.receiptNumber);
      if (entered) return err({ code: "RECEIPT_USED", ...entered });
      const earning = decideEarning({ rule, shownRuleVersion: asked.ruleVersion, amountFen: asked.purchase.amountFen, today, sureDay });
      if (!earning.ok)
        return err(earning.error.code === "RULE_CHANGED" ? { code: "RULE_CHANGED", rule: viewRule(tx, rule) } : earning.error);
      const op = tx.append({ opId: requestId, type: purchaseKeep, by: by.staffId, d: { cardNumber, ...asked, boughtOn: today } });
      return ok(outputOf(tx, op));
    });

function outputOf(view: Reading, { opId, seq }: LoggedOperation): KeptPurchaseOutput {
  return { opId, slip: writeSlip(slipOf({ replica: view.identity()?.replica ?? 0, seq, opId })) };
}

/** What this counter kept, and what others of its branch kept and nobody has claimed for long, the newest first, and what became of it. */
export const makeListKeptPurchases =
  ({ store, clock }: Ports) =>
  (): { purchases: KeptPurchaseView[] } =>
    store.read((view) => {
      const nowMs = clock.nowMs();
      const replica = view.identity()?.replica;
      const newestFirst = view.keptPurchases.all().toSorted((a, b) => b.keptAtMs - a.keptAtMs);
      const purchases = newestFirst.map((kept): KeptPurchaseView => {
        const { purchaseId, cardNumber, receiptNumber, amountFen, keptAtMs, keptBy, state, memberId, code } = kept;
        const rule = view.rules.all().find(({ ruleId, version }) => ruleId === kept.ruleId && version === kept.ruleVersion);
        return {
          purchaseId,
          last4: cardNumber.slice(-4),
          receiptNumber,
          amountFen,
          keptAtMs,
          keptBy: view.staff.find(keptBy)?.displayName ?? keptBy,
          counter: kept.replica === replica ? null : kept.replica,
          state,
          memberId,
          points: kept.points ?? (rule ? pointsFor(rule, amountFen) : null),
          code,
          reason: kept.reason ?? null,
          needsAttention: needsAttention(kept, nowMs),
        };
      });
      return { purchases };
    });
