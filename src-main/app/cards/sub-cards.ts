import type { Reading } from "#main/app/ports/store.ts";

/** The sub-cards that work and hang on this card, as an operation that ends it names them. */
export function subCardsOn(view: Reading, cardNumber: string): { readonly subCards?: string[] } {
  const memberId = view.cards.find(cardNumber)?.memberId;
  const beside = memberId === undefined ? [] : view.cards.ofMember(memberId);
  const subCards = beside.flatMap((card) => (card.mainCard === cardNumber && card.state === "active" ? [card.cardNumber] : []));
  return subCards.length > 0 ? { subCards } : {};
}

/**
 * The cards that this counter takes for good while it moves points, where the member has more than the main card: which of them was swiped is
 * one person's matter, and all of them may have ended where this counter has not heard of it.
 */
export function cardsTakenForGood(view: Reading, memberId: string): { readonly goodCards?: string[] } {
  const good = view.cards.ofMember(memberId).filter(({ state }) => state === "active");
  return good.some(({ mainCard }) => mainCard !== null) ? { goodCards: good.map(({ cardNumber }) => cardNumber) } : {};
}
