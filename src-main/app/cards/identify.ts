import type { CardRef } from "#shared/contracts/cards.ts";
import type { MemberCard } from "#shared/contracts/members.ts";
import { err, ok, type Result } from "#shared/std/result.ts";
import { ownerOf } from "#main/app/members/find-members.ts";
import { viewMember } from "#main/app/members/member-view.ts";
import type { Ports } from "#main/app/ports/ports.ts";
import { resolveCard } from "./resolve-card.ts";

type Refusal = { code: "CARD_NOT_RECOGNISED" } | { code: "HANDLE_EXPIRED" } | { code: "CARD_UNKNOWN_HERE"; last4: string };

/** What a typed or swiped number stands for. */
export const makeIdentify =
  ({ store, clock, handles }: Ports) =>
  ({ card }: { card: CardRef }): Result<MemberCard, Refusal> =>
    store.read((view) => {
      const resolved = resolveCard(view, handles, card);
      if (!resolved.ok) return resolved;
      const { cardNumber } = resolved.value;
      const memberId = ownerOf(view, cardNumber);
      const member =
        memberId === undefined ? undefined : viewMember(view, memberId, { today: clock.businessDate(), swipedCard: cardNumber });
      return member ? ok(member) : err({ code: "CARD_UNKNOWN_HERE", last4: cardNumber.slice(-4) });
    });
