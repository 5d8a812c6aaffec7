import type { IssueCardInput } from "#shared/contracts/cards.ts";
import type { MemberCard } from "#shared/contracts/members.ts";
import { err, ok, type Result } from "#shared/std/result.ts";
import { decideIssue, type IssueRefusal } from "#shared/domain/cards/decide-issue.ts";
import { cardIssue } from "#shared/domain/cards/ops.ts";
import { refuseBlank } from "#shared/domain/cards/refuse-blank.ts";
import type { Operator } from "#shared/domain/staff/roles.ts";
import { isSameIntent } from "#main/app/intent.ts";
import { ownerOf } from "#main/app/members/find-members.ts";
import { branchName } from "#main/app/members/member-view.ts";
import { mustView } from "#main/app/members/must-view.ts";
import type { Ports } from "#main/app/ports/ports.ts";
import { requireIdentity } from "#main/app/session/identity.ts";
import { cardsDiscarded } from "#main/app/stock/on-hand.ts";
import { resolveCard } from "./resolve-card.ts";

type Refusal =
  | Exclude<IssueRefusal, { code: "CARD_OF_OTHER_BRANCH" }>
  | { code: "CARD_OF_OTHER_BRANCH"; branch: string }
  | { code: "CARD_NOT_RECOGNISED" }
  | { code: "HANDLE_EXPIRED" }
  | { code: "MEMBER_NOT_FOUND" }
  | { code: "REQUEST_ID_REUSED" };

/** Binds a blank card to a member as the main card (K-01, K-06). */
export const makeIssueCard =
  ({ store, clock, handles }: Ports) =>
  (input: IssueCardInput, by: Operator): Result<MemberCard, Refusal> =>
    store.write((tx): Result<MemberCard, Refusal> => {
      const { requestId, memberId } = input;
      const today = clock.businessDate();
      const resolved = resolveCard(tx, handles, input.card);
      const earlier = tx.operations.find(requestId);
      if (earlier) {
        // A swipe's handle lives shorter than a lost answer may take: the request id alone then says which card it was.
        const asked = resolved.ok ? { memberId, cardNumber: resolved.value.cardNumber } : { memberId };
        const isSame = (resolved.ok || resolved.error.code === "HANDLE_EXPIRED") && isSameIntent(earlier, cardIssue, asked);
        return isSame ? ok(mustView(tx, earlier, today)) : err({ code: "REQUEST_ID_REUSED" });
      }
      if (!resolved.ok) return resolved;
      const { cardNumber, kind } = resolved.value;
      const member = tx.members.find(memberId);
      if (!member) return err({ code: "MEMBER_NOT_FOUND" });
      const decision = decideIssue({
        memberIsFrozen: member.state === "frozen",
        isTaken: ownerOf(tx, cardNumber) !== undefined,
        blankRefusal: refuseBlank({
          cardNumber,
          ranges: tx.cards.ranges().filter(({ cardKind }) => cardKind === kind),
          ownBranch: requireIdentity(tx).branchId,
          discarded: cardsDiscarded(tx, kind),
        }),
        activeCardLast4: tx.cards
          .ofMember(memberId)
          .find(({ state }) => state === "active")
          ?.cardNumber.slice(-4),
      });
      if (!decision.ok) {
        const { error } = decision;
        return err(error.code === "CARD_OF_OTHER_BRANCH" ? { code: error.code, branch: branchName(tx, error.branchId) } : error);
      }
      const d = { cardNumber, cardKind: kind, memberId };
      return ok(mustView(tx, tx.append({ opId: requestId, type: cardIssue, by: by.staffId, d }), today));
    });
