import { deepStrictEqual } from "node:assert/strict";
import { currentMember } from "#shared/domain/members/alias.ts";
import { must, type Invariant } from "./invariant.ts";

/** What holds of cards, when everybody has heard everything. */
export const cardsInHand: readonly Invariant[] = [
  {
    id: "cards",
    says: "A card is in one hand, and a sub-card works no longer than the main card of the same person that it hangs on.",
    async check({ world: { disk, memberIds, stations }, aliases }) {
      const person = (memberId: string): string => currentMember(memberId, (id) => aliases.get(id));
      const all = await disk.look((tx) => tx.ledger.cards({ memberIds, cardNumbers: [] }));
      const byNumber = new Map(all.map((card) => [card.cardNumber, card]));
      for (const { cardNumber, memberId, state, mainCard } of all) {
        if (mainCard === null || state !== "active") continue;
        const main = byNumber.get(mainCard);
        must(main?.state === "active", `${cardNumber} works, and its main card ${mainCard} does not`);
        must(person(main?.memberId ?? "") === person(memberId), `${cardNumber} hangs on the card of somebody else`);
      }
      for (const { name, store } of stations) {
        const taken = all.map(({ cardNumber, memberId }) => [cardNumber, person(memberId)] as const);
        const here = store().read((view) => taken.map(([cardNumber]) => [cardNumber, view.cards.find(cardNumber)?.memberId] as const));
        const known = here.flatMap(([cardNumber, memberId]) => (memberId === undefined ? [] : [[cardNumber, person(memberId)] as const]));
        deepStrictEqual(
          known,
          taken.filter(([cardNumber]) => known.some(([number]) => number === cardNumber)),
          `cards at ${name}`,
        );
      }
    },
  },
];
