import type { BlockCardInput } from "#shared/contracts/cards.ts";
import type { MemberCard } from "#shared/contracts/members.ts";
import { err, ok, type Result } from "#shared/std/result.ts";
import { entriesOf } from "#shared/domain/dictionaries/kinds.ts";
import { cardBlock, cardIssue } from "#shared/domain/cards/ops.ts";
import { dataOf } from "#shared/domain/operations/declare.ts";
import { may, secondFor, type Operator } from "#shared/domain/staff/roles.ts";
import { isSameIntent } from "#main/app/intent.ts";
import { mustView } from "#main/app/members/must-view.ts";
import type { Ports } from "#main/app/ports/ports.ts";
import type { LoggedOperation, Reading } from "#main/app/ports/store.ts";
import type { CardHandles } from "./card-handles.ts";
import { subCardsOn } from "./sub-cards.ts";
import { isSameCard, readBlank, type BlankCardRefusal } from "./read-blank.ts";

type Refusal =
  | { code: "MEMBER_NOT_FOUND" | "NO_CARD" | "CARD_BLOCKED" | "REASON_UNKNOWN" | "REQUEST_ID_REUSED" }
  | { code: "FORBIDDEN"; permission: string }
  | BlankCardRefusal;

/**
 * Blocks the member's main card: here at once, everywhere with the next exchange, and for good. With a new card it is a replacement
 * (K-08, K-11): one linked group, so that neither here nor at head office the one can be without the other. Its sub-cards end in the same
 * operation and do not move over (K-10). A lost sub-card is cancelled alone, and nothing takes its place (K-09, K-12).
 */
export const makeBlockCard =
  ({ store, clock, random, handles }: Ports) =>
  (input: BlockCardInput, by: Operator): Result<MemberCard, Refusal> =>
    store.write((tx): Result<MemberCard, Refusal> => {
      const { requestId, memberId, reason, newCard, subCardId } = input;
      const today = clock.businessDate();
      const earlier = tx.operations.find(requestId);
      if (earlier)
        return isSameReplacement(tx, handles, earlier, input) ? ok(mustView(tx, earlier, today)) : err({ code: "REQUEST_ID_REUSED" });
      if (newCard && !may(by, "card.issue")) return err({ code: "FORBIDDEN", permission: "card.issue" });
      const known = entriesOf("cardBlockReason", tx.dictionaries.all()).find(({ code }) => code === reason);
      if (!known?.isActive) return err({ code: "REASON_UNKNOWN" });
      if (!tx.members.find(memberId)) return err({ code: "MEMBER_NOT_FOUND" });
      const card = cardMeant(tx, memberId, subCardId);
      if (!card) return err({ code: "NO_CARD" });
      if (card.state === "blocked") return err({ code: "CARD_BLOCKED" });
      const blocked = tx.append({
        opId: requestId,
        type: cardBlock,
        by: by.staffId,
        second: secondFor(by, "card.block"),
        d: { cardNumber: card.cardNumber, memberId, reason, ...subCardsOn(tx, card.cardNumber) },
        transaction: newCard && { id: requestId, n: 1, of: 2 },
      });
      if (!newCard) return ok(mustView(tx, blocked, today));
      // The old card is out of the way already; a refusal of the new one takes that back with the whole transaction.
      const blank = readBlank(tx, handles, { memberId, card: newCard, as: "main" });
      if (!blank.ok) return blank;
      const transaction = { id: requestId, n: 2, of: 2 };
      const issued = tx.append({ opId: random.uuid(), type: cardIssue, by: by.staffId, d: blank.value, transaction });
      return ok(mustView(tx, issued, today));
    });

const cardMeant = (view: Reading, memberId: string, subCardId: string | undefined) =>
  view.cards
    .ofMember(memberId)
    .find(({ cardNumber, mainCard }) =>
      subCardId === undefined ? mainCard === null : mainCard !== null && view.cards.idOf(cardNumber) === subCardId,
    );

function isSameReplacement(view: Reading, handles: CardHandles, earlier: LoggedOperation, asked: BlockCardInput): boolean {
  const { memberId, reason, newCard, subCardId } = asked;
  const blocked = dataOf(earlier, cardBlock)?.cardNumber;
  if (blocked === undefined || !isSameIntent(earlier, cardBlock, { memberId, reason })) return false;
  const wasSubCard = typeof view.cards.find(blocked)?.mainCard === "string";
  if (subCardId === undefined ? wasSubCard : view.cards.idOf(blocked) !== subCardId) return false;
  const issued = view.operations.groupOf(earlier.opId).flatMap((op) => dataOf(op, cardIssue) ?? [])[0];
  return issued && newCard ? isSameCard(view, handles, newCard, issued.cardNumber) : issued === undefined && newCard === undefined;
}
