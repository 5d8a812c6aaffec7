import { holdUpNobody } from "#server/app/hold-up-nobody.ts";
import type { Ports } from "#server/app/ports/ports.ts";
import { attentionAfterMs, keptPurchase } from "#shared/domain/earning/kept-purchase.ts";
import { purchaseAskBranch } from "#shared/domain/earning/kept-purchase-ops.ts";
import { finishWork } from "./finish-work.ts";
import { headOfficeItself } from "./own-operations.ts";
import { openOwnRecords } from "./own-records.ts";

/** Asks all counters of a branch about the purchases whose card nobody has taken for long, each once, in a transaction of its own. */
export async function askBranches(ports: Ports): Promise<void> {
  const { store, machine } = ports;
  const unclaimed = await store.read((tx) => tx.records.purchasesUnclaimed(machine.clock.nowMs() - attentionAfterMs));
  const due = unclaimed.filter(({ doc }) => doc["branchId"] === undefined);
  for (const { id } of due) await holdUpNobody(machine.log, { job: "askBranches", purchaseId: id }, () => askBranch(ports, id));
}

const askBranch = (ports: Ports, purchaseId: string): Promise<void> =>
  ports.store
    .write(async (tx) => {
      const key = { kind: "keptPurchase", id: purchaseId } as const;
      const work = await openOwnRecords(ports, tx, key);
      const record = work.books.records.find(key.kind, key.id);
      const purchase = record && keptPurchase.parse(record.doc);
      const station = purchase && (await tx.stations.find(purchase.replica));
      if (purchase?.state !== "open" || !station) return;
      await work.own.write(purchaseAskBranch, { by: headOfficeItself, d: { purchaseId, branchId: station.branchId } });
      await finishWork(work);
    })
    .then(ports.notifier.published);
