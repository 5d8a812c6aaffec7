import type { CardRef } from "#shared/contracts/cards.ts";
import { err, ok, type Result } from "#shared/std/result.ts";
import { decideIssue, type IssueRefusal } from "#shared/domain/cards/decide-issue.ts";
import { refuseBlank } from "#shared/domain/cards/refuse-blank.ts";
import { ownerOf } from "#main/app/members/find-members.ts";
import { branchName } from "#main/app/members/member-view.ts";
import type { Reading } from "#main/app/ports/store.ts";
import { requireIdentity } from "#main/app/session/identity.ts";
import { cardsDiscarded } from "#main/app/stock/on-hand.ts";
import type { CardHandles } from "./card-handles.ts";
import { resolveCard } from "./resolve-card.ts";

export type BlankCardRefusal =
  | Exclude<IssueRefusal, { code: "CARD_OF_OTHER_BRANCH" }>
  | { code: "CARD_OF_OTHER_BRANCH"; branch: string }
  | { code: "CARD_NOT_RECOGNISED" }
  | { code: "HANDLE_EXPIRED" }
  | { code: "MEMBER_NOT_FOUND" };

type BlankCard = { readonly cardNumber: string; readonly cardKind: string; readonly memberId: string; readonly mainCard?: string };

/** The blank card in the clerk's hand, when this member may have it: as the main card (K-01), or as a sub-card beside it (K-07). */
export function readBlank(
  view: Reading,
  handles: CardHandles,
  { memberId, card, as }: { readonly memberId: string; readonly card: CardRef; readonly as: "main" | "sub" },
): Result<BlankCard, BlankCardRefusal> {
  const resolved = resolveCard(view, handles, card);
  if (!resolved.ok) return resolved;
  const { cardNumber, kind } = resolved.value;
  const member = view.members.find(memberId);
  if (!member) return err({ code: "MEMBER_NOT_FOUND" });
  const main = view.cards.ofMember(memberId).find(({ state, mainCard }) => state === "active" && mainCard === null);
  const decision = decideIssue({
    as,
    memberIsFrozen: member.state === "frozen",
    isTaken: ownerOf(view, cardNumber) !== undefined || view.staff.findByCard(cardNumber) !== undefined,
    blankRefusal: refuseBlank({
      cardNumber,
      ranges: view.cards.ranges().filter(({ cardKind }) => cardKind === kind),
      ownBranch: requireIdentity(view).branchId,
      discarded: cardsDiscarded(view, kind),
    }),
    activeMainCard: main?.cardNumber,
  });
  if (decision.ok) {
    const mainCard = decision.value;
    if (mainCard === null || !main) return ok({ cardNumber, cardKind: kind, memberId });
    // Under the name of its main card: should two members that became one be told apart again, both cards stay in one hand.
    return ok({ cardNumber, cardKind: kind, memberId: main.memberId, mainCard });
  }
  const { error } = decision;
  return err(error.code === "CARD_OF_OTHER_BRANCH" ? { code: error.code, branch: branchName(view, error.branchId) } : error);
}

/**
 * Whether a request that returns asks for the card that it was answered with. A swipe's handle lives shorter than a lost answer may take:
 * the request id alone then says which card it was.
 */
export function isSameCard(view: Reading, handles: CardHandles, card: CardRef, cardNumber: string): boolean {
  const resolved = resolveCard(view, handles, card);
  return resolved.ok ? resolved.value.cardNumber === cardNumber : resolved.error.code === "HANDLE_EXPIRED";
}
