import type { StationEvent } from "#shared/contracts/station.ts";
import { identifyCard, type CardTracks } from "#shared/domain/cards/identify-card.ts";
import { pinStateOf } from "#shared/domain/staff/pin.ts";
import { ownerOf } from "#main/app/members/find-members.ts";
import { viewMember } from "#main/app/members/member-view.ts";
import type { Ports } from "#main/app/ports/ports.ts";

/** What a reader reports of a card. */
export type SwipeEvent =
  | ({ readonly type: "cardRead" } & ({ readonly tracks: CardTracks } | { readonly uid: string }))
  | { readonly type: "cardReadFailed"; readonly code: string };

/**
 * Makes of a swipe what a screen may know: the member, the colleague, or why there is none. Track data ends here; a number that is not bound yet goes
 * out as a handle, and what is not ours leaves nothing behind.
 */
export const makeReceiveSwipe =
  ({ store, clock, random, handles }: Ports) =>
  (event: SwipeEvent): StationEvent => {
    const refused = { type: "cardRefused", readId: random.uuid(), cause: null, cardHandle: null, last4: null } as const;
    if (event.type === "cardReadFailed") return { ...refused, code: "READ_FAILED", cause: event.code };
    return store.read((view): StationEvent => {
      const card = identifyCard(event, view.cards.kinds());
      if (!card.ok) return { ...refused, code: "CARD_NOT_RECOGNISED" };
      const { cardNumber } = card.value;
      const memberId = ownerOf(view, cardNumber);
      const member =
        memberId === undefined ? undefined : viewMember(view, memberId, { today: clock.businessDate(), swipedCard: cardNumber });
      if (member) return { type: "cardRead", readId: refused.readId, card: member };
      const cardHandle = handles.keep(cardNumber);
      const staff = view.staff.findByCard(cardNumber);
      if (staff)
        return {
          type: "staffCardRead",
          readId: refused.readId,
          name: staff.displayName,
          cardHandle,
          pin: pinStateOf(staff),
        };
      return { ...refused, code: "CARD_UNKNOWN_HERE", cardHandle, last4: cardNumber.slice(-4) };
    });
  };
