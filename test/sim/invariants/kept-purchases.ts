import { deepStrictEqual } from "node:assert/strict";
import { keptPurchase, type KeptPurchase } from "#shared/domain/earning/kept-purchase.ts";
import { must, type Invariant } from "./invariant.ts";

/** What holds of purchases with cards that a counter knew nobody for, when everybody has heard everything. */
export const keptPurchases: readonly Invariant[] = [
  {
    id: "kept",
    says: "A purchase that waits for its card's owner earns once somebody has the card, by a receipt that nothing else earned by, and whoever is asked about its card reads so.",
    async check({ world: { disk, stations } }) {
      const { kept, cards, earnedBy } = await disk.look(async (tx) => {
        const found = (await tx.records.ofKind("keptPurchase")).map(({ doc }) => keptPurchase.parse(doc));
        return {
          kept: found,
          cards: await tx.ledger.cards({ memberIds: [], cardNumbers: found.map(({ cardNumber }) => cardNumber) }),
          earnedBy: await tx.ledger.awardsOf(found.map(({ receiptNumber }) => receiptNumber)),
        };
      });
      const owned = new Set(cards.map(({ cardNumber }) => cardNumber));
      for (const { purchaseId, cardNumber, receiptNumber, state, memberId } of kept) {
        must((state === "open") === !owned.has(cardNumber), `${purchaseId} is ${state}, and its card is ${memberId ?? "nobody"}'s`);
        const hasEarned = state === "awarded" || state === "proposed";
        must(!hasEarned || earnedBy.get(receiptNumber)?.opId === purchaseId, `${receiptNumber} earned for ${purchaseId} and for another`);
      }
      const byId = (some: readonly KeptPurchase[]): object => Object.fromEntries(some.map((one) => [one.purchaseId, one]));
      for (const { name, replica, branchId, store } of stations) {
        const here = store().read((view) => view.keptPurchases.all());
        deepStrictEqual(byId(here), byId(kept.filter((one) => one.replica === replica || one.branchId === branchId)), `kept at ${name}`);
      }
    },
  },
];
