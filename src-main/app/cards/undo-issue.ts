import type { UndoIssueInput } from "#shared/contracts/cards.ts";
import type { MemberCard } from "#shared/contracts/members.ts";
import { err, ok, type Result } from "#shared/std/result.ts";
import { cardIssue, cardUndoIssue } from "#shared/domain/cards/ops.ts";
import { dataOf } from "#shared/domain/operations/declare.ts";
import type { Operator } from "#shared/domain/staff/roles.ts";
import { businessDateOf } from "#shared/domain/time/business-date.ts";
import { isSameIntent } from "#main/app/intent.ts";
import { mustView } from "#main/app/members/must-view.ts";
import type { Ports } from "#main/app/ports/ports.ts";
import { subCardsOn } from "./sub-cards.ts";

type Refusal =
  | { code: "OPERATION_NOT_FOUND" }
  | { code: "NOT_VOIDABLE" }
  | { code: "ALREADY_VOIDED" }
  | { code: "CLOCK_IN_DOUBT" }
  | { code: "CARD_BLOCKED" }
  | { code: "VOID_WINDOW_CLOSED"; businessDate: string }
  | { code: "REQUEST_ID_REUSED" };

/** Takes back a card that the same person handed out today, to the wrong member: it is void, and the member waits again. */
export const makeUndoIssue =
  ({ store, clock }: Ports) =>
  ({ requestId, undoes }: UndoIssueInput, by: Operator): Result<MemberCard, Refusal> =>
    store.write((tx): Result<MemberCard, Refusal> => {
      const today = clock.businessDate();
      const earlier = tx.operations.find(requestId);
      if (earlier)
        return isSameIntent(earlier, cardUndoIssue, { undoes }) ? ok(mustView(tx, earlier, today)) : err({ code: "REQUEST_ID_REUSED" });
      const original = tx.operations.find(undoes);
      if (!original) return err({ code: "OPERATION_NOT_FOUND" });
      const issued = dataOf(original, cardIssue);
      if (!issued || original.body.by !== by.staffId) return err({ code: "NOT_VOIDABLE" });
      if (tx.operations.undoOf(undoes) !== undefined) return err({ code: "ALREADY_VOIDED" });
      // The window is a date, and a clock in doubt does not know the date.
      if (clock.reading().doubt) return err({ code: "CLOCK_IN_DOUBT" });
      const issuedOn = businessDateOf(original.body.at);
      if (issuedOn !== today) return err({ code: "VOID_WINDOW_CLOSED", businessDate: issuedOn });
      const { cardNumber, memberId } = issued;
      if (tx.cards.find(cardNumber)?.state !== "active") return err({ code: "CARD_BLOCKED" });
      const d = { undoes, cardNumber, memberId, ...subCardsOn(tx, cardNumber) };
      const op = tx.append({ opId: requestId, type: cardUndoIssue, by: by.staffId, d });
      return ok(mustView(tx, op, today));
    });
