import { holdUpNobody } from "#server/app/hold-up-nobody.ts";
import type { ReceivedOperation } from "#server/app/ports/inbox.ts";
import type { Ports } from "#server/app/ports/ports.ts";
import { cardIssue } from "#shared/domain/cards/ops.ts";
import { keptPurchase, type KeptPurchase, type KeptPurchaseCode } from "#shared/domain/earning/kept-purchase.ts";
import { purchaseAward, purchaseClose, purchaseKeep } from "#shared/domain/earning/kept-purchase-ops.ts";
import { pointsFor } from "#shared/domain/earning/points-for.ts";
import { usedOn } from "#shared/domain/earning/day-cap.ts";
import { capTaken, withinCap, type CapFacts } from "#shared/domain/earning/within-cap.ts";
import { headOfficeReplica } from "#shared/domain/operations/operation.ts";
import { withinBudget } from "#shared/domain/earning/within-budget.ts";
import { earningRule } from "#shared/domain/earning/rule.ts";
import { shareOf } from "#shared/domain/pools/pool.ts";
import { addMonths } from "#shared/domain/time/calendar.ts";
import { finishWork } from "./finish-work.ts";
import { repayFromPool } from "./follow-ups.ts";
import { headOfficeItself } from "./own-operations.ts";
import { contribute, poolMemberOf } from "./pools.ts";
import { factorKnown } from "./tier-factors.ts";
import { openWork, type Work } from "./work.ts";

const bothEnds: ReadonlySet<string> = new Set([cardIssue.type, purchaseKeep.type]);

/**
 * Lets purchases earn whose card is known by now. Which of the two came last is not asked: whatever waits and has an owner is settled, in a
 * transaction of its own, so that nothing is missed when both come at once and nothing is done twice.
 *
 * @param received nothing is looked for after operations that bring neither a card nor a purchase; left out: it is looked for
 */
export async function settleKeptPurchases(ports: Ports, received?: readonly Pick<ReceivedOperation, "type">[]): Promise<void> {
  if (received && !received.some(({ type }) => bothEnds.has(type))) return;
  const due = await ports.store.read((tx) => tx.records.purchasesWithOwner());
  for (const { purchaseId, memberId } of due) {
    await holdUpNobody(ports.machine.log, { job: "settleKeptPurchases", purchaseId }, () => settle(ports, purchaseId, memberId));
  }
}

const settle = ({ store, machine, identity, notifier }: Ports, purchaseId: string, memberId: string): Promise<void> =>
  store
    .write(async (tx) => {
      const key = { kind: "keptPurchase", id: purchaseId } as const;
      const [found] = await tx.records.find([key]);
      const ruleIds = found ? [keptPurchase.parse(found.doc).ruleId] : [];
      const budgets = (await tx.records.ruleVersions(ruleIds)).flatMap(({ doc }) => earningRule.parse(doc).budget?.itemId ?? []);
      const work = await openWork(tx, machine, identity, { memberIds: [memberId, ...budgets], records: [key], ruleIds });
      const record = work.books.records.find(key.kind, key.id);
      const purchase = record && keptPurchase.parse(record.doc);
      if (purchase?.state !== "open") return;
      await earn(work, purchase, memberId);
      await repayFromPool(work, memberId);
      await finishWork(work);
    })
    .then(notifier.published);

function capFacts({ namesOf, records }: Work["books"], memberId: string, ruleId: string, day: string): CapFacts {
  const uses = namesOf(memberId).flatMap((name) => records.find("capUse", name) ?? []);
  const used = usedOn(
    uses.map(({ doc }) => doc),
    ruleId,
    day,
    headOfficeReplica,
  );
  return { replica: headOfficeReplica, ...used, uses: records.find("capUse", memberId)?.doc };
}

async function earn(work: Work, purchase: KeptPurchase, memberId: string): Promise<void> {
  const { tx, books, own, today } = work;
  const { purchaseId, replica, receiptNumber, amountFen, ruleId, ruleVersion, boughtOn, keptBy, keptAtMs } = purchase;
  const rule = books.records
    .ofKind("rule")
    .map(({ doc }) => earningRule.parse(doc))
    .find((each) => each.ruleId === ruleId && each.version === ruleVersion);
  const close = async (code: KeptPurchaseCode): Promise<void> =>
    void (await own.write(purchaseClose, { by: headOfficeItself, d: { purchaseId, memberId, code } }));
  const first = (await tx.ledger.claimReceipts([{ receiptNumber, opId: purchaseId, replica }])).get(receiptNumber);
  if (first && first.opId !== purchaseId) return close("RECEIPT_ELSEWHERE");
  if (!rule) return close("RULE_UNKNOWN");
  const tier = factorKnown(books, memberId, boughtOn);
  const earned = pointsFor(rule, amountFen, tier?.percent);
  if (earned === 0) return close("AMOUNT_TOO_SMALL");
  const cap = capFacts(books, memberId, ruleId, boughtOn);
  const capped = withinCap(rule, cap, earned);
  if (capped === 0) return close("CAP_REACHED");
  const { points, budget } = withinBudget(rule, rule.budget ? books.held(rule.budget.itemId, "POOL") : [], capped, today);
  if (points === 0) return close("BUDGET_USED_UP");
  const isProposal = rule.approval !== "none";
  const pool = shareOf(poolMemberOf(books, memberId), points, boughtOn);
  await own.write(purchaseAward, {
    by: headOfficeItself,
    d: {
      purchaseId,
      memberId,
      points,
      isProposal,
      purchase: { receiptNumber, amountFen },
      ruleId,
      ruleVersion,
      earnedOn: boughtOn,
      expiresOn: rule.validMonths === null ? null : addMonths(boughtOn, rule.validMonths),
      keptBy,
      keptAtMs,
      ...(budget && { budget }),
      ...capTaken(rule, cap, { given: points, cut: earned - capped, today: boughtOn }),
      ...(tier && { tier }),
      ...(pool && { pool }),
    },
  });
  if (!isProposal) await contribute(work, purchaseId, { memberId, pool });
}
