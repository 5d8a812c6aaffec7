import type { LocalName } from "#shared/contracts/common.ts";
import type { BalanceView, MemberCard } from "#shared/contracts/members.ts";
import type { BalanceRecord, CardRecord, DirectoryRecord } from "#shared/contracts/sync/feed.ts";
import { replacedElsewhere } from "#shared/domain/cards/ops.ts";
import { hasLapsed, sumPoints, type HeldLot } from "#shared/domain/ledger/lots.ts";
import { nextExpiryOf, type ExpiringLot } from "#shared/domain/ledger/next-expiry.ts";
import { maskPhone } from "#shared/domain/members/masking.ts";
import { lapsedOf, type Lapsed } from "./lapsed.ts";
import { pointsConfirm } from "#shared/domain/redemption/hold-ops.ts";
import type { HoldRecord } from "#shared/domain/redemption/hold.ts";
import { pointsRedeem } from "#shared/domain/redemption/ops.ts";
import { capsLeft } from "#main/app/points/caps-left.ts";
import { viewShared } from "#main/app/pools/shared-points.ts";
import { viewTier } from "#main/app/tiers/view-tier.ts";
import type { Reading, Visit } from "#main/app/ports/store.ts";

type ViewOptions = {
  /** The station's business date. */
  readonly today: string;
  /** The card that was swiped, which may be an old one of this member. */
  readonly swipedCard?: string;
};

/** What the member pane shows, or undefined when this station has never heard of the member. */
export function viewMember(view: Reading, askedFor: string, options: ViewOptions): MemberCard | undefined {
  const memberId = view.members.current(askedFor);
  const member = view.members.find(memberId);
  const line = member ? undefined : view.directory.find(memberId);
  const known = member ?? line;
  if (!known) return undefined;
  const cards = cardsOf(view, memberId);
  const mainCards = cards.filter((each) => !isSubCard(each));
  const card = mainCards.find(({ state }) => state === "active") ?? mainCards[0] ?? null;
  return {
    memberId,
    memberNumber: known.memberNumber,
    knownAs: member ? "workingSet" : "directory",
    name: member?.name ?? line?.nameMasked ?? "",
    phonesMasked: member?.phones.map(maskPhone) ?? [],
    birthday: member?.birthday ?? null,
    address: member?.address ?? "",
    state: known.state,
    erasedOn: view.erasures.find(memberId)?.doneOn ?? null,
    homeBranch: branchName(view, known.homeBranch),
    card: card && {
      kindName: kindName(view, card.cardKind),
      last4: last4Of(card),
      state: card.state,
      blockedReason: card.blockedReason,
      blockedOn: blockedOnOf(card),
    },
    subCards: cards.filter(isSubCard).map((each) => ({
      cardId: "cardNumber" in each ? view.cards.idOf(each.cardNumber) : null,
      last4: last4Of(each),
      state: each.state,
      blockedOn: blockedOnOf(each),
    })),
    swipedCardState: options.swipedCard === undefined ? null : (swiped(view, memberId, options.swipedCard)?.state ?? null),
    swipedSubCardEndedOn: options.swipedCard === undefined ? null : subCardEndedOn(view, options.swipedCard),
    swipedIsSecondCard: options.swipedCard !== undefined && swiped(view, memberId, options.swipedCard)?.blockedReason === replacedElsewhere,
    tier: viewTier(view, memberId, options.today),
    alsoNumbered: otherNumbers(view, memberId),
    capsLeft: capsLeft(view, memberId, options.today),
    balance: viewBalance(view, memberId, options.today),
    lastVisits: view.operations.visits(memberId).map(visitOf),
  };
}

/** The cards of a member of the working set, or what the directory says of anybody's; one that works first. */
function cardsOf(view: Reading, memberId: string): readonly (CardRecord | DirectoryCard)[] {
  return view.members.find(memberId) ? view.cards.ofMember(memberId) : cardsInDirectory(view, memberId);
}

type DirectoryCard = DirectoryRecord["cards"][number];

const isSubCard = (card: CardRecord | DirectoryCard): boolean => ("mainCard" in card ? card.mainCard !== null : card.isSubCard === true);
const last4Of = (card: CardRecord | DirectoryCard): string => ("last4" in card ? card.last4 : card.cardNumber.slice(-4));
const blockedOnOf = (card: CardRecord | DirectoryCard): string | null => ("blockedOn" in card ? card.blockedOn : null);

export const cardsInDirectory = (view: Reading, memberId: string): readonly DirectoryCard[] =>
  view.members.namesOf(memberId).flatMap((name) => view.directory.find(name)?.cards ?? []);

/** Numbers under which the same person had joined, too. */
export const otherNumbers = (view: Reading, memberId: string): string[] =>
  view.members
    .namesOf(memberId)
    .slice(1)
    .flatMap((name) => (view.members.find(name) ?? view.directory.find(name))?.memberNumber ?? []);

export const kindName = (view: Reading, cardKind: string): LocalName =>
  view.cards.kinds().find(({ kind }) => kind === cardKind)?.name ?? { "zh-CN": cardKind, "en-US": cardKind };

const swiped = (view: Reading, memberId: string, cardNumber: string): CardRecord | DirectoryCard | undefined =>
  view.cards.find(cardNumber) ?? cardsInDirectory(view, memberId).find(({ last4 }) => last4 === cardNumber.slice(-4));

function subCardEndedOn(view: Reading, cardNumber: string): string | null {
  const card = view.cards.find(cardNumber);
  return card && card.mainCard !== null ? card.blockedOn : null;
}

export const branchName = (view: Reading, branchId: string): string =>
  view.branches.all().find((branch) => branch.branchId === branchId)?.name ?? branchId;

function visitOf({ atMs, type, change, proposed }: Visit): MemberCard["lastVisits"][number] {
  if (type === pointsRedeem.type || type === pointsConfirm.type) return { atMs, kind: "redeem", points: change };
  return proposed === 0 ? { atMs, kind: "award", points: change } : { atMs, kind: "proposal", points: proposed };
}

/** The balance block: head office's figure, what is not exchanged yet on top, and how much of it may be spent here. */
export function viewBalance(view: Reading, memberId: string, today: string): BalanceView {
  const heard = view.balances.find(memberId);
  const notExchanged = view.balances.notExchangedSums(memberId);
  const isKnown = heard !== undefined || view.members.find(memberId) !== undefined;
  const heldHere = view.rights.of(memberId);
  const live = heldHere.filter((lot) => !hasLapsed(lot, today));
  const ownHere = sumPoints(live);
  const shared = viewShared(view, memberId, today);
  const ownBranch = view.identity()?.branchId;
  const atOtherBranches = (heard?.record.rights ?? []).filter(({ branchId, points }) => branchId !== ownBranch && points > 0);
  const lots = lotsHeld(view, memberId);
  const lapsed = lapsedOf(lots, heard?.record.lapses ?? [], today);
  const debt = heard?.record.debt ?? 0;
  const setAside = heard?.record.setAside ?? [];
  const onHold = holdsOf(view, memberId);
  const heldElsewhere = (heard?.record.heldAt ?? []).filter(({ branchId }) => branchId !== ownBranch);
  const elsewhere = sumPoints([...atOtherBranches, ...setAside, ...heldElsewhere, ...onHold]);
  const held = sumPoints(heldHere);
  const withLapsed = (heard?.record.balance ?? 0) + notExchanged.change;
  // Head office tells what lies where and what lapses, and not which of it lapses where: what is not here is taken to lie with it.
  const lapsedElsewhere = sumPoints(lapsed.unconfirmed) - (held - ownHere);
  return {
    balance: isKnown ? withLapsed - sumPoints(lapsed.unconfirmed) : null,
    spendableHere: ownHere + (shared?.spendableHere ?? 0),
    shared,
    leftInPools: leftInPools(view, memberId),
    atHeadOffice: isKnown ? Math.max(0, withLapsed + debt - held - elsewhere - lapsedElsewhere) : 0,
    atOtherBranches: atOtherBranches.map(({ branchId, points }) => ({ branch: branchName(view, branchId), points })),
    calledBack: view.recalls
      .open()
      .filter((recall) => view.members.namesOf(memberId).includes(recall.memberId) && recall.wantedBy.replica === view.identity()?.replica)
      .map(({ branchId, points, atMs }) => ({ branch: branchName(view, branchId), points, sinceMs: atMs })),
    held: onHold.map(({ holdId, points, taker, atMs }) => ({ holdId, points, taker: taker.name, sinceMs: atMs })),
    heldElsewhere: heldElsewhere.map(({ branchId, points }) => ({ branch: branchName(view, branchId), points })),
    setAside: setAside.map(({ branchId, points }) => ({ branch: branchName(view, branchId), points })),
    awaitsContact: view.identity()?.earlierLives.some(({ isComplete }) => !isComplete) ?? false,
    proposed: Math.max(0, (heard?.record.proposed ?? 0) + notExchanged.proposed),
    debt,
    asOfMs: heard?.asOfMs ?? null,
    notExchanged: notExchanged.operations,
    nextExpiry: nextExpiryOf(lots, today),
    lapsed: lapsed.shown,
  };
}

/** What the member contributed to a pool before leaving it, and a branch still holds. */
const leftInPools = (view: Reading, memberId: string): BalanceView["leftInPools"] =>
  view.members
    .namesOf(memberId)
    .flatMap((name) =>
      (view.pools.member(name)?.left ?? []).flatMap((poolId) =>
        (view.pools.figures(poolId)?.owed ?? []).flatMap(({ memberId: owedTo, branchId, points }) =>
          owedTo === name ? [{ pool: view.pools.find(poolId)?.name ?? "", branch: branchName(view, branchId), points }] : [],
        ),
      ),
    );

/** What this station keeps back of the member's points, oldest first. */
export const holdsOf = (view: Reading, memberId: string): readonly HoldRecord[] =>
  view.holds
    .open()
    .filter((hold) => view.members.namesOf(memberId).includes(hold.memberId) && hold.heldBy === view.identity()?.incarnation)
    .toSorted((a, b) => a.atMs - b.atMs);

/** What became of this member's points whose last day is over, as far as this station knows. */
export const viewLapsed = (view: Reading, memberId: string, today: string): Lapsed =>
  lapsedOf(lotsHeld(view, memberId), view.balances.find(memberId)?.record.lapses ?? [], today);

/** Every lot that the member has, wherever it lies, as far as this station knows. */
export const lotsHeld = (view: Reading, memberId: string): readonly ExpiringLot[] => [
  ...lotsOf(view.balances.find(memberId)?.record.lots ?? [], view.balances.notExchangedLots(memberId), view.rights.of(memberId)),
];

/** What the member has of each lot: head office's figure and what is not exchanged yet; of a lot it has not told of, what is here. */
function lotsOf(
  heard: BalanceRecord["lots"],
  notExchanged: ReturnType<Reading["balances"]["notExchangedLots"]>,
  heldHere: readonly HeldLot[],
): Iterable<ExpiringLot> {
  const lots = new Map<string, ExpiringLot>(heard.map((lot) => [lot.lotId, lot]));
  for (const { lotId, points, expiresOn, isOpenedHere } of notExchanged) {
    const known = lots.get(lotId) ?? (isOpenedHere ? { points: 0, expiresOn } : undefined);
    if (known) lots.set(lotId, { ...known, points: known.points + points });
  }
  for (const held of heldHere) if (!lots.has(held.lotId)) lots.set(held.lotId, held);
  return lots.values();
}
