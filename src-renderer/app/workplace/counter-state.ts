import type { MemberCard } from "#shared/contracts/members.ts";
import type { StationEvent } from "#shared/contracts/station.ts";
import type { MemberAct } from "../../features/acts/act-tabs.tsx";
import type { SwipedCard } from "../../features/acts/blank-card-field.tsx";
import type { Outcome } from "../../features/acts/outcome.ts";
import type { Explained } from "../../features/member/figure.ts";
import { noScreens, withoutScreen, type OpenScreens } from "../screens/open-screens.ts";

export type SwipeRefusal = Extract<StationEvent, { type: "cardRefused" }>;

/** What the counter shows. The member's figures themselves live in the query cache; this remembers who and what for. */
export type CounterState = {
  readonly memberId: string | undefined;
  /** Of the card that brought the member up; an old card of theirs may be blocked while the new one works. */
  readonly swipedCardState: MemberCard["swipedCardState"];
  readonly swipedSubCardEndedOn: MemberCard["swipedSubCardEndedOn"];
  readonly swipedIsSecondCard: boolean;
  readonly act: MemberAct | "void" | "newMember" | undefined;
  readonly outcome: Outcome | undefined;
  readonly screens: OpenScreens;
  readonly dialog:
    | "find"
    | "palette"
    | "print"
    | "help"
    | "practice"
    | { readonly explains: Explained }
    | { readonly keeps: SwipedCard }
    | undefined;
  readonly swipeRefusal: SwipeRefusal | undefined;
  /** A blank card that waits to be issued. */
  readonly swipedCard: SwipedCard | undefined;
  /** Most recent first, without the one shown. */
  readonly recent: readonly MemberCard[];
};

export const nobody: CounterState = {
  memberId: undefined,
  swipedCardState: null,
  swipedSubCardEndedOn: null,
  swipedIsSecondCard: false,
  act: undefined,
  outcome: undefined,
  screens: noScreens,
  dialog: undefined,
  swipeRefusal: undefined,
  swipedCard: undefined,
  recent: [],
};

const recentMax = 5;

/** The act a clerk most likely wants: points for who has a working card, a card for who has none. */
export const firstActFor = (member: MemberCard): MemberAct => (member.card?.state === "active" ? "award" : "issue");

/** Puts the member who leaves the screen first among the recent ones. */
function remember(state: CounterState, leaving: MemberCard | undefined, arrivingId: string | undefined): readonly MemberCard[] {
  const others = state.recent.filter(({ memberId }) => memberId !== leaving?.memberId && memberId !== arrivingId);
  return (leaving && leaving.memberId !== arrivingId ? [leaving, ...others] : others).slice(0, recentMax);
}

const isOfMember = (act: CounterState["act"]): act is MemberAct => act !== undefined && act !== "void" && act !== "newMember";

/** A card swiped twice in the middle of an act is no reason to begin another one. */
const goesOnWith = (state: CounterState, member: MemberCard): MemberAct | undefined =>
  state.memberId === member.memberId && state.outcome === undefined && isOfMember(state.act) ? state.act : undefined;

/** Brings a member up, whatever was open; a screen stays, and the member stands beside it. */
export const withMember = (state: CounterState, member: MemberCard, leaving: MemberCard | undefined, act?: MemberAct): CounterState => ({
  ...state,
  memberId: member.memberId,
  swipedCardState: member.swipedCardState,
  swipedSubCardEndedOn: member.swipedSubCardEndedOn,
  swipedIsSecondCard: member.swipedIsSecondCard,
  act: act ?? goesOnWith(state, member) ?? firstActFor(member),
  outcome: undefined,
  dialog: undefined,
  swipeRefusal: undefined,
  recent: remember(state, leaving, member.memberId),
});

export const withoutMember = (state: CounterState, leaving: MemberCard | undefined): CounterState => ({
  ...nobody,
  screens: state.screens,
  recent: remember(state, leaving, undefined),
});

/** A card that brought nobody up. Where a blank card is awaited, an unknown one is just that. */
export function withSwipeRefusal(state: CounterState, refusal: SwipeRefusal): CounterState {
  const { cardHandle, last4 } = refusal;
  const isAwaited =
    (state.act === "issue" || state.act === "block" || state.act === "newMember") &&
    state.outcome === undefined &&
    state.screens.inFront === undefined;
  if (isAwaited && refusal.code === "CARD_UNKNOWN_HERE" && cardHandle !== null) {
    return { ...state, dialog: undefined, swipeRefusal: undefined, swipedCard: { handle: cardHandle, last4: last4 ?? "" } };
  }
  return { ...state, dialog: undefined, swipeRefusal: refusal };
}

/** One step back: what lies on top goes first, the member last. */
export function stepBack(state: CounterState, shown: MemberCard | undefined): CounterState {
  if (state.dialog) return { ...state, dialog: undefined };
  if (state.swipeRefusal) return { ...state, swipeRefusal: undefined };
  if (state.screens.inFront !== undefined) return { ...state, screens: withoutScreen(state.screens) };
  if (!shown) return { ...nobody, screens: state.screens, recent: state.recent };
  if (state.outcome || state.act !== firstActFor(shown)) return { ...state, outcome: undefined, act: firstActFor(shown) };
  return withoutMember(state, shown);
}
