import type { PracticeCard } from "#shared/contracts/practice.ts";
import { err, ok, type Result } from "#shared/std/result.ts";
import type { CardKind } from "#shared/domain/cards/card-kind.ts";
import { cardNumberOf } from "#shared/domain/cards/card-number.ts";
import { identifyCard } from "#shared/domain/cards/identify-card.ts";
import { ownerOf } from "#main/app/members/find-members.ts";
import { viewMember } from "#main/app/members/member-view.ts";
import type { Ports } from "#main/app/ports/ports.ts";
import type { Reading } from "#main/app/ports/store.ts";

/** Readers without hardware, behind the same drivers as real ones. */
export type PracticeReader = {
  /** @param isDamaged swipes so that the check of the frame fails */
  readonly swipe: (track2: string, isDamaged: boolean) => void;
  /** Lays a tag down for a moment. */
  readonly layDown: (uid: string) => void;
  /** Draws the card in the hand through the encoder, which may be waiting for one or not. */
  readonly draw: (how: PracticeDraw["how"]) => void;
};

/** A card of the drawer, and what its reader finds on it. */
type Swipe = PracticeCard & ({ readonly track2: string } | { readonly uid: string });
type NotASample = { code: "NOT_A_SAMPLE" };

/** A sample has fewer cards than this. */
const numbersTried = 400;
/** How many of each lie in the drawer. */
const shown: Readonly<Record<"ourMember" | "otherBranch" | "blank", number>> = { ourMember: 5, otherBranch: 2, blank: 1 };
/** Numbers of the sample's staff cards, beyond those of its members; two lie in the drawer. */
export const staffCardsOfSample = [90_001, 90_002] as const;
/** The one tag in the drawer. */
const tagUid = "3C00A1B2C3";
/** Of no bank and of no kind of ours. */
const foreign = "6000123456789015=29121010000";

/** The drawer of practice cards: members of here and elsewhere, staff, a blank one, somebody else's card, and a bad swipe. */
export const makePracticeCards =
  ({ store, clock }: Ports) =>
  (): Result<PracticeCard[], NotASample> =>
    store.read((view) =>
      view.identity()?.isSample
        ? ok(drawerOf(view, clock.businessDate()).map(({ swipeId, kind, name, last4 }) => ({ swipeId, kind, name, last4 })))
        : err({ code: "NOT_A_SAMPLE" }),
    );

export const makePracticeSwipe =
  ({ store, clock }: Ports, reader: PracticeReader | undefined) =>
  ({ swipeId }: { swipeId: string }): Result<Record<never, never>, NotASample | { code: "CARD_NOT_FOUND" }> => {
    const drawer = store.read((view) => (view.identity()?.isSample ? drawerOf(view, clock.businessDate()) : undefined));
    if (!drawer || !reader) return err({ code: "NOT_A_SAMPLE" });
    const card = drawer.find((each) => each.swipeId === swipeId);
    if (!card) return err({ code: "CARD_NOT_FOUND" });
    if ("uid" in card) reader.layDown(card.uid);
    else reader.swipe(card.track2, card.kind === "damaged");
    return ok({});
  };

type PracticeDraw = { readonly how: "well" | "tooFast" | "badly" };

export const makePracticeDraw =
  ({ store }: Ports, reader: PracticeReader | undefined) =>
  ({ how }: PracticeDraw): Result<Record<never, never>, NotASample> => {
    if (!reader || !store.read((view) => view.identity()?.isSample)) return err({ code: "NOT_A_SAMPLE" });
    reader.draw(how);
    return ok({});
  };

function drawerOf(view: Reading, today: string): readonly Swipe[] {
  const kind = view.cards.kinds().find(({ media }) => media !== "em4100");
  if (!kind) return [];
  const left = { ...shown };
  const drawer: Swipe[] = [];
  for (let n = 1; n <= numbersTried && Object.values(left).some((count) => count > 0); n++) {
    const cardNumber = cardNumberOf(kind, n);
    const memberId = ownerOf(view, cardNumber);
    const member = memberId === undefined ? undefined : viewMember(view, memberId, { today });
    const place = !member ? "blank" : member.knownAs === "workingSet" ? "ourMember" : "otherBranch";
    if (left[place] === 0) continue;
    left[place] -= 1;
    drawer.push({ swipeId: `card-${n}`, kind: place, name: member?.name ?? null, last4: cardNumber.slice(-4), track2: cardNumber });
  }
  return [
    ...drawer,
    ...staffCardsOf(view, kind),
    ...tagsOf(view, today),
    { swipeId: "foreign", kind: "foreign", name: null, last4: null, track2: foreign },
    { swipeId: "damaged", kind: "damaged", name: null, last4: null, track2: cardNumberOf(kind, 1) },
  ];
}

function staffCardsOf(view: Reading, kind: CardKind): readonly Swipe[] {
  return staffCardsOfSample.flatMap((n): Swipe[] => {
    const cardNumber = cardNumberOf(kind, n);
    const staff = view.staff.findByCard(cardNumber);
    if (!staff) return [];
    return [{ swipeId: `staff-${n}`, kind: "staff", name: staff.displayName, last4: cardNumber.slice(-4), track2: cardNumber }];
  });
}

/** Nobody's until somebody is given it; none where head office knows of no tags. */
function tagsOf(view: Reading, today: string): readonly Swipe[] {
  const tag = identifyCard({ uid: tagUid }, view.cards.kinds());
  if (!tag.ok) return [];
  const { cardNumber } = tag.value;
  const memberId = ownerOf(view, cardNumber);
  const member = memberId === undefined ? undefined : viewMember(view, memberId, { today });
  return [{ swipeId: "tag", kind: "tag", name: member?.name ?? null, last4: cardNumber.slice(-4), uid: tagUid }];
}
