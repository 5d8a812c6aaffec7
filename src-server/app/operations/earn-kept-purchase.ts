import type { Transaction } from "#server/app/ports/store.ts";
import type { Ports } from "#server/app/ports/ports.ts";
import { keptPurchase, type KeptPurchase, type KeptPurchaseCode } from "#shared/domain/earning/kept-purchase.ts";
import { purchaseAward, purchaseClose } from "#shared/domain/earning/kept-purchase-ops.ts";
import { pointsFor } from "#shared/domain/earning/points-for.ts";
import { usedOn } from "#shared/domain/earning/day-cap.ts";
import { capTaken, withinCap, type CapFacts } from "#shared/domain/earning/within-cap.ts";
import { headOfficeReplica } from "#shared/domain/operations/operation.ts";
import { withinBudget } from "#shared/domain/earning/within-budget.ts";
import { earningRule } from "#shared/domain/earning/rule.ts";
import { shareOf } from "#shared/domain/pools/pool.ts";
import { addMonths } from "#shared/domain/time/calendar.ts";
import { repayFromPool } from "./follow-ups.ts";
import { headOfficeItself } from "./own-operations.ts";
import { contribute, poolMemberOf } from "./pools.ts";
import { factorKnown } from "./tier-factors.ts";
import { openWork, type Work } from "./work.ts";

/** A purchase that waits for its card, held together with the member who is to have it. */
type OpenPurchase = {
  readonly work: Work;
  readonly purchase: KeptPurchase;
  /** Another counter had entered its receipt. */
  readonly isEnteredElsewhere: boolean;
};

/**
 * Holds a kept purchase and a member. Whether it still waits is read behind head office's chain, since the purchase has no lock of its own: of a card
 * that becomes known and of people who decide meanwhile the first counts.
 *
 * @returns undefined where there is no such purchase, or it waits no longer
 */
export async function openPurchase(
  tx: Transaction,
  { machine, identity }: Pick<Ports, "machine" | "identity">,
  purchaseId: string,
  memberId: string,
): Promise<OpenPurchase | undefined> {
  const key = { kind: "keptPurchase", id: purchaseId } as const;
  const [found] = await tx.records.find([key]);
  if (!found) return undefined;
  const { ruleId, receiptNumber, replica } = keptPurchase.parse(found.doc);
  const budgets = (await tx.records.ruleVersions([ruleId])).flatMap(({ doc }) => earningRule.parse(doc).budget?.itemId ?? []);
  const work = await openWork(tx, machine, identity, { memberIds: [memberId, ...budgets], ruleIds: [ruleId] });
  // Before the chain: a counter that has just sent the same paper holds its number, and may wait for the chain.
  const first = (await tx.ledger.claimReceipts([{ receiptNumber, opId: purchaseId, replica }])).get(receiptNumber);
  await work.own.hold();
  work.books.records.bring(await tx.records.find([key]));
  const record = work.books.records.find(key.kind, key.id);
  const purchase = record && keptPurchase.parse(record.doc);
  return purchase?.state === "open" ? { work, purchase, isEnteredElsewhere: first !== undefined && first.opId !== purchaseId } : undefined;
}

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

/** Lets an open purchase earn what the rule gives that it was kept under, as of its own day, at once or as a proposal; or closes it and says why. */
export async function earn({ work, purchase, isEnteredElsewhere }: OpenPurchase, memberId: string): Promise<void> {
  const { books, own, today } = work;
  const { purchaseId, receiptNumber, amountFen, ruleId, ruleVersion, boughtOn, keptBy, keptAtMs } = purchase;
  const rule = books.records
    .ofKind("rule")
    .map(({ doc }) => earningRule.parse(doc))
    .find((each) => each.ruleId === ruleId && each.version === ruleVersion);
  const close = async (code: KeptPurchaseCode): Promise<void> =>
    void (await own.write(purchaseClose, { by: headOfficeItself, d: { purchaseId, memberId, code } }));
  if (isEnteredElsewhere) return close("RECEIPT_ELSEWHERE");
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
  await repayFromPool(work, memberId);
}
