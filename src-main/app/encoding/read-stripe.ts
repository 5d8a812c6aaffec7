import type { IssueCardInput } from "#shared/contracts/cards.ts";
import { err, ok, type Result } from "#shared/std/result.ts";
import type { CardHandles } from "#main/app/cards/card-handles.ts";
import { readBlank, type BlankCardRefusal } from "#main/app/cards/read-blank.ts";
import type { Reading } from "#main/app/ports/store.ts";

/** The blank card that this member may have, when it is one with a stripe: a tag comes with its number. */
export function readStripe(
  view: Reading,
  handles: CardHandles,
  { memberId, card, as = "main" }: IssueCardInput,
): Result<{ readonly cardNumber: string; readonly cardKind: string }, BlankCardRefusal> {
  const blank = readBlank(view, handles, { memberId, card, as });
  if (!blank.ok) return blank;
  const { cardNumber, cardKind } = blank.value;
  const hasStripe = view.cards.kinds().some(({ kind, media }) => kind === cardKind && media === "magstripe");
  return hasStripe ? ok({ cardNumber, cardKind }) : err({ code: "CARD_NOT_RECOGNISED" });
}
