import type { CardKind } from "#shared/domain/cards/card-kind.ts";
import { cardsIn, spansLeft, type CardSpan } from "#shared/domain/cards/card-span.ts";
import { onHandOf, type OnHand } from "#shared/domain/stock/on-hand.ts";
import type { StockItem, StockMove } from "#shared/domain/stock/stock-move.ts";
import type { Reading } from "#main/app/ports/store.ts";
import { requireIdentity } from "#main/app/session/identity.ts";

/** What lies at this branch, as far as this station knows. */
export function onHand(view: Reading, item: StockItem): OnHand {
  const { branchId } = requireIdentity(view);
  if (item.kind === "gift") return onHandOf(view.stock.sinceCount(branchId, item));
  const kind = view.cards.kinds().find((each) => each.kind === item.id);
  return kind ? blanksOnHand(view, kind) : { pieces: 0, mustBeCounted: false };
}

/** Blank cards have numbers, so which of them are left follows from which are somebody's; a count can only say that some are missing. */
function blanksOnHand(view: Reading, kind: CardKind): OnHand {
  const { branchId } = requireIdentity(view);
  const spans = spansLeft(kind, cardsReceived(view, kind.kind), cardsDiscarded(view, kind.kind));
  const pieces = spans.reduce((sum, span) => sum + cardsIn(kind, span) - view.stock.boundCards(kind.kind, span.first, span.last), 0);
  const sinceCount = view.stock.sinceCount(branchId, { kind: "card", id: kind.kind });
  const count = lastCount(sinceCount);
  return { pieces, mustBeCounted: count !== undefined && count.pieces !== count.expected && sinceCount.length === 1 };
}

export const cardsReceived = (view: Reading, cardKind: string): readonly CardSpan[] => spansOf(view, cardKind, ["received"]);
export const cardsDiscarded = (view: Reading, cardKind: string): readonly CardSpan[] => spansOf(view, cardKind, ["damaged", "lost"]);

function spansOf(view: Reading, cardKind: string, reasons: readonly StockMove["why"][]): readonly CardSpan[] {
  return view.stock
    .cardMoves(requireIdentity(view).branchId, cardKind)
    .flatMap(({ why, first, last }) => (reasons.includes(why) && first !== null && last !== null ? { first, last } : []));
}

/** The newest count among movements. */
export const lastCount = (moves: readonly StockMove[]): StockMove | undefined =>
  moves.filter(({ why }) => why === "counted").toSorted((a, b) => (a.hlc < b.hlc ? 1 : -1))[0];
