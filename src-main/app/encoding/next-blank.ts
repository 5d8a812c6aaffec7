import type { CardKind } from "#shared/domain/cards/card-kind.ts";
import { firstFree, spansLeft } from "#shared/domain/cards/card-span.ts";
import { isUndrawn } from "#shared/domain/cards/unfinished-card.ts";
import type { Reading } from "#main/app/ports/store.ts";
import { cardsDiscarded, cardsReceived } from "#main/app/stock/on-hand.ts";
import { unfinishedCards } from "./unfinished-cards.ts";

type Blank = { readonly kind: CardKind; readonly cardNumber: string };

/**
 * The number for the next card: the lowest of this branch's boxes that is on no card yet. One that was meant for a card which nobody drew
 * through comes first, since that card is still in the hand.
 */
export function nextBlank(view: Reading): Blank | undefined {
  const unfinished = unfinishedCards(view);
  for (const kind of view.cards.kinds().filter(({ media }) => media === "magstripe")) {
    const again = unfinished.findLast((card) => card.cardKind === kind.kind && isUndrawn(card));
    if (again) return { kind, cardNumber: again.cardNumber };
    const inUse = unfinished.map(({ cardNumber }) => ({ first: cardNumber, last: cardNumber }));
    const taken = [...cardsDiscarded(view, kind.kind), ...inUse.filter(({ first }) => first.length === kind.length)];
    for (const span of spansLeft(kind, cardsReceived(view, kind.kind), taken)) {
      const cardNumber = firstFree(kind, span, ({ first, last }) => view.stock.boundCards(kind.kind, first, last));
      if (cardNumber !== undefined) return { kind, cardNumber };
    }
  }
  return undefined;
}
