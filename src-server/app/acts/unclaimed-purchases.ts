import { earn, openPurchase } from "#server/app/operations/earn-kept-purchase.ts";
import { finishWork } from "#server/app/operations/finish-work.ts";
import { openOwnRecords } from "#server/app/operations/own-records.ts";
import { findMember, type Work } from "#server/app/operations/work.ts";
import { newSalt } from "#server/app/salt.ts";
import type { givePurchaseAct, putPurchaseAwayAct, UnclaimedPurchase } from "#shared/contracts/acts/queue.ts";
import { attentionAfterMs, keptPurchase, needsAttention, type KeptPurchase } from "#shared/domain/earning/kept-purchase.ts";
import { purchaseGive, purchasePutAway } from "#shared/domain/earning/kept-purchase-ops.ts";
import { pointsFor } from "#shared/domain/earning/points-for.ts";
import { earningRule } from "#shared/domain/earning/rule.ts";
import { roleRights } from "#shared/domain/staff/roles.ts";
import { err, ok } from "#shared/std/result.ts";
import type { ActContext, ActHandler } from "./act-handler.ts";
import { namesOfStaff } from "./staff-names.ts";

/**
 * The purchases that wait for a card which nobody has had for long, the oldest first.
 *
 * @param branches name of the branch by station, of those that the person looks after
 */
export async function listUnclaimed(
  { ports: { machine }, tx }: Pick<ActContext, "ports" | "tx">,
  branches: ReadonlyMap<number, string>,
  linesMax: number,
): Promise<{ lines: UnclaimedPurchase[]; isCut: boolean }> {
  const all = await tx.records.purchasesUnclaimed(machine.clock.nowMs() - attentionAfterMs);
  const theirs = all.map(({ doc }) => keptPurchase.parse(doc)).filter(({ replica }) => branches.has(replica));
  const shown = theirs.slice(0, linesMax);
  const names = await namesOfStaff(
    tx,
    shown.map(({ keptBy }) => keptBy),
  );
  const ruleIds = [...new Set(shown.map(({ ruleId }) => ruleId))];
  const rules = (await tx.records.ruleVersions(ruleIds)).map(({ doc }) => earningRule.parse(doc));
  const lines = shown.map(({ purchaseId, receiptNumber, boughtOn, keptAtMs, amountFen, ...kept }): UnclaimedPurchase => {
    const rule = rules.find(({ ruleId, version }) => ruleId === kept.ruleId && version === kept.ruleVersion);
    return {
      purchaseId,
      receiptNumber,
      boughtOn,
      keptAtMs,
      amountFen,
      branch: branches.get(kept.replica) ?? "",
      last4: kept.cardNumber.slice(-4),
      by: names.get(kept.keptBy) ?? null,
      points: rule ? pointsFor(rule, amountFen) : null,
    };
  });
  return { lines, isCut: theirs.length > linesMax };
}

/** Somebody found out whose a purchase is. It earns what it would have earned with the card, or is closed for the same reasons. */
export const givePurchase: ActHandler<typeof givePurchaseAct> = async (context, { requestId, purchaseId, memberNumber }) => {
  const { ports, tx, by } = context;
  const [numbered] = await tx.records.membersNumbered([memberNumber]);
  if (!numbered) return err({ code: "NUMBER_UNKNOWN", number: memberNumber });
  const opened = await openPurchase(tx, ports, purchaseId, numbered.id);
  if (!opened) return err({ code: "NOT_HELD_BACK" });
  const { work } = opened;
  const against = await refusalFor(context, opened.purchase);
  if (against) return err({ code: against });
  // The number may be one of several that stand for the member.
  const [memberId = numbered.id] = work.books.namesOf(numbered.id);
  if (findMember(work, memberId)?.state === "frozen") return err({ code: "MEMBER_FROZEN" });
  await work.own.write(purchaseGive, { opId: requestId, by: by.staffId, d: { purchaseId, memberId } });
  await earn(opened, memberId);
  const { state, points, code } = readPurchase(work, purchaseId) ?? opened.purchase;
  await finishWork(work);
  return ok({ state, points, code });
};

/** Somebody found out that nobody will have the card. */
export const putPurchaseAway: ActHandler<typeof putPurchaseAwayAct> = async (context, { requestId, purchaseId, reason }) => {
  const { ports, tx, by } = context;
  const work = await openOwnRecords(ports, tx, { kind: "keptPurchase", id: purchaseId });
  const purchase = readPurchase(work, purchaseId);
  const against = purchase ? await refusalFor(context, purchase) : "NOT_HELD_BACK";
  if (against) return err({ code: against });
  const personal = { salt: newSalt(ports.machine), reason };
  await work.own.write(purchasePutAway, { opId: requestId, by: by.staffId, d: { purchaseId }, personal });
  await finishWork(work);
  return ok({});
};

function readPurchase({ books }: Pick<Work, "books">, purchaseId: string): KeptPurchase | undefined {
  const record = books.records.find("keptPurchase", purchaseId);
  return record && keptPurchase.parse(record.doc);
}

/** Why this person does not decide about it; undefined where they may. A younger one is settled by its card, without anybody. */
async function refusalFor({ ports: { machine }, tx, by }: ActContext, purchase: KeptPurchase) {
  if (!needsAttention(purchase, machine.clock.nowMs())) return "NOT_HELD_BACK" as const;
  const station = await tx.stations.find(purchase.replica);
  if (roleRights[by.role].scope === "branch" && by.branchId !== station?.branchId) return "OUT_OF_SCOPE" as const;
  return purchase.keptBy === by.staffId ? ("OWN_WORK" as const) : undefined;
}
