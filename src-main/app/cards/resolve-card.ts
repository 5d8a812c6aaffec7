import type { CardRef } from "#shared/contracts/cards.ts";
import { err, type Result } from "#shared/std/result.ts";
import { identifyCard, type IdentifiedCard } from "#shared/domain/cards/identify-card.ts";
import type { Reading } from "#main/app/ports/store.ts";
import type { CardHandles } from "./card-handles.ts";

/** The card that a person typed, or the one behind the handle of a swipe. */
export function resolveCard(
  view: Pick<Reading, "cards">,
  handles: CardHandles,
  card: CardRef,
): Result<IdentifiedCard, { code: "CARD_NOT_RECOGNISED" } | { code: "HANDLE_EXPIRED" }> {
  const typedNumber = "number" in card ? card.number.normalize("NFKC").replace(/[\s-]/g, "") : handles.numberOf(card.handle);
  return typedNumber === undefined ? err({ code: "HANDLE_EXPIRED" }) : identifyCard({ typedNumber }, view.cards.kinds());
}
