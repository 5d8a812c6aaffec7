import { holdUpNobody } from "#server/app/hold-up-nobody.ts";
import type { ReceivedOperation } from "#server/app/ports/inbox.ts";
import type { Ports } from "#server/app/ports/ports.ts";
import { cardIssue } from "#shared/domain/cards/ops.ts";
import { purchaseKeep } from "#shared/domain/earning/kept-purchase-ops.ts";
import { earn, openPurchase } from "./earn-kept-purchase.ts";
import { finishWork } from "./finish-work.ts";

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

const settle = (ports: Ports, purchaseId: string, memberId: string): Promise<void> =>
  ports.store
    .write(async (tx) => {
      const opened = await openPurchase(tx, ports, purchaseId, memberId);
      if (!opened) return;
      await earn(opened, memberId);
      await finishWork(opened.work);
    })
    .then(ports.notifier.published);
