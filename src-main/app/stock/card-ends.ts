import type { CardEnds } from "#shared/contracts/stock.ts";
import { err, ok, type Result } from "#shared/std/result.ts";
import type { CardKind } from "#shared/domain/cards/card-kind.ts";
import { isWithin, spanBetween, type CardSpan } from "#shared/domain/cards/card-span.ts";
import { branchName } from "#main/app/members/member-view.ts";
import type { CardHandles } from "#main/app/cards/card-handles.ts";
import { resolveCard } from "#main/app/cards/resolve-card.ts";
import type { Reading } from "#main/app/ports/store.ts";
import { requireIdentity } from "#main/app/session/identity.ts";

export type CardEndsRefusal =
  | { code: "CARD_NOT_RECOGNISED" }
  | { code: "HANDLE_EXPIRED" }
  | { code: "CARDS_OF_TWO_KINDS" }
  | { code: "CARD_NOT_ASSIGNED" }
  | { code: "CARD_OF_OTHER_BRANCH"; branch: string };

/** The blank cards between two that were swiped or typed, all of which must be this branch's. */
export function readCardEnds(
  view: Reading,
  handles: CardHandles,
  ends: CardEnds,
): Result<{ readonly kind: CardKind; readonly span: CardSpan }, CardEndsRefusal> {
  const first = resolveCard(view, handles, ends.first);
  if (!first.ok) return first;
  const last = resolveCard(view, handles, ends.last);
  if (!last.ok) return last;
  const kind = view.cards.kinds().find((each) => each.kind === first.value.kind);
  if (!kind || last.value.kind !== kind.kind) return err({ code: "CARDS_OF_TWO_KINDS" });
  const span = spanBetween(first.value.cardNumber, last.value.cardNumber);
  // One range holds both ends, and with them all cards between.
  const range = view.cards.ranges().find((each) => each.cardKind === kind.kind && isWithin(span.first, each));
  if (!range || !isWithin(span.last, range)) return err({ code: "CARD_NOT_ASSIGNED" });
  if (range.branchId !== requireIdentity(view).branchId)
    return err({ code: "CARD_OF_OTHER_BRANCH", branch: branchName(view, range.branchId) });
  return ok({ kind, span });
}
