import { isWithin } from "#shared/domain/cards/card-span.ts";
import type { UnfinishedCard } from "#shared/domain/cards/unfinished-card.ts";
import { ownerOf } from "#main/app/members/find-members.ts";
import type { Reading, Writing } from "#main/app/ports/store.ts";
import { cardsDiscarded } from "#main/app/stock/on-hand.ts";

/** Those of which nobody knows yet what becomes of them, oldest first: not somebody's, and not recorded as damaged or lost. */
export const unfinishedCards = (view: Reading): readonly UnfinishedCard[] =>
  view
    .unfinishedCards()
    .filter(
      ({ cardNumber, cardKind }) =>
        ownerOf(view, cardNumber) === undefined && !cardsDiscarded(view, cardKind).some((gone) => isWithin(cardNumber, gone)),
    );

/** Remembers how far a card has come. It stands last: it was in the hand just now. */
export function keepUnfinished(tx: Writing, card: UnfinishedCard): void {
  tx.keepUnfinishedCards([...unfinishedCards(tx).filter(({ cardNumber }) => cardNumber !== card.cardNumber), card]);
}
