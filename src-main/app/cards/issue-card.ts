import type { IssueCardInput } from "#shared/contracts/cards.ts";
import type { MemberCard } from "#shared/contracts/members.ts";
import { err, ok, type Result } from "#shared/std/result.ts";
import { cardIssue } from "#shared/domain/cards/ops.ts";
import { dataOf } from "#shared/domain/operations/declare.ts";
import type { Operator } from "#shared/domain/staff/roles.ts";
import { mustView } from "#main/app/members/must-view.ts";
import type { Ports } from "#main/app/ports/ports.ts";
import { isSameCard, readBlank, type BlankCardRefusal } from "./read-blank.ts";

type Refusal = BlankCardRefusal | { code: "REQUEST_ID_REUSED" };

/** Binds a blank card to a member, as the main card (K-01, K-06) or as a sub-card on the same account (K-02, K-07). */
export const makeIssueCard =
  ({ store, clock, handles }: Ports) =>
  ({ requestId, memberId, card, as = "main" }: IssueCardInput, by: Operator): Result<MemberCard, Refusal> =>
    store.write((tx): Result<MemberCard, Refusal> => {
      const today = clock.businessDate();
      const earlier = tx.operations.find(requestId);
      if (earlier) {
        const issued = dataOf(earlier, cardIssue);
        const wasAs = issued?.mainCard === undefined ? "main" : "sub";
        const isTheirs = issued !== undefined && tx.members.namesOf(memberId).includes(issued.memberId);
        const isSame = isTheirs && wasAs === as && isSameCard(tx, handles, card, issued.cardNumber);
        return isSame ? ok(mustView(tx, earlier, today)) : err({ code: "REQUEST_ID_REUSED" });
      }
      const blank = readBlank(tx, handles, { memberId, card, as });
      if (!blank.ok) return blank;
      return ok(mustView(tx, tx.append({ opId: requestId, type: cardIssue, by: by.staffId, d: blank.value }), today));
    });
