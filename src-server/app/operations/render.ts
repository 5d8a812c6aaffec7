import { createHmac } from "node:crypto";
import type { Card } from "#server/app/ports/ledger-store.ts";
import type { BalanceRecord, CardRecord, DirectoryRecord } from "#shared/contracts/sync/feed.ts";
import type { ProposalRecord } from "#shared/domain/earning/proposal.ts";
import type { LapseRecord } from "#shared/domain/expiry/lapse.ts";
import { byExpiry, isUnspent, lifeOfHolder, sumPoints, type HeldLot } from "#shared/domain/ledger/lots.ts";
import { maskName } from "#shared/domain/members/masking.ts";
import type { MemberRecord } from "#shared/domain/members/member.ts";
import { phoneTagOf } from "#shared/domain/members/phone-tag.ts";
import type { Books } from "./books.ts";

const hashBytes = 16;

export const cardDocument = ({ cardNumber, cardKind, memberId, state, blockedReason, blockedOn, mainCard }: Card): CardRecord => ({
  cardNumber,
  cardKind,
  memberId,
  state,
  blockedReason,
  blockedOn,
  mainCard,
});

const hmacUnder =
  (directoryKey: Uint8Array) =>
  (text: string): Buffer =>
    createHmac("sha256", directoryKey).update(text).digest();

/** How rows name a card without its number: 16 bytes in hex. Stations reckon it in the same way. */
export const cardHash = (directoryKey: Uint8Array, cardNumber: string): string =>
  hmacUnder(directoryKey)(cardNumber).subarray(0, hashBytes).toString("hex");

/** What every station may know of every member. */
export function directoryDocument(
  member: MemberRecord,
  cards: readonly Card[],
  tierId: string | null,
  directoryKey: Uint8Array,
): DirectoryRecord {
  const [firstPhone] = member.phones;
  return {
    memberId: member.memberId,
    memberNumber: member.memberNumber,
    nameMasked: maskName(member.name),
    state: member.state,
    homeBranch: member.homeBranch,
    ...(tierId !== null && { tier: tierId }),
    phone: firstPhone === undefined ? null : phoneTagOf(firstPhone, hmacUnder(directoryKey)),
    cards: cards
      .toSorted((a, b) => (a.cardNumber < b.cardNumber ? -1 : 1))
      .map(({ cardNumber, cardKind, state, blockedReason, mainCard }) => ({
        hash: cardHash(directoryKey, cardNumber),
        last4: cardNumber.slice(-4),
        cardKind,
        state,
        blockedReason,
        ...(mainCard !== null && { isSubCard: true as const }),
      })),
  };
}

/** More than anybody asks about at a counter. */
const lapsesShown = 12;

/**
 * Head office's figures of one member, made from the accounts.
 *
 * @param rows what is open or recent about the member; lapses newest first
 * @param placeOf where an incarnation stands, and whether it goes on
 */
export function balanceDocument(
  memberId: string,
  books: Books,
  { proposals, lapses }: { readonly proposals: readonly ProposalRecord[]; readonly lapses: readonly LapseRecord[] },
  placeOf: (incarnation: string) => { readonly branchId: string; readonly hasEnded: boolean },
): BalanceRecord {
  let pool = 0;
  const held = new Map<string, number>();
  const rights = new Map<string, number>();
  const setAside = new Map<string, number>();
  const lots: HeldLot[] = [];
  for (const { lotId, earnedOn, expiresOn } of books.lotsOf(memberId)) {
    let unspent = 0;
    for (const [holder, points] of books.holdersOf(lotId)) {
      if (!isUnspent(holder)) continue;
      unspent += points;
      const life = lifeOfHolder(holder);
      if (life === undefined) {
        pool += points;
        continue;
      }
      const { branchId, hasEnded } = placeOf(life);
      const isOut = hasEnded || holder.startsWith("LIMBO:");
      const at = isOut ? setAside : holder.startsWith("HELD:") ? held : rights;
      at.set(branchId, (at.get(branchId) ?? 0) + points);
    }
    if (unspent > 0) lots.push({ lotId, points: unspent, earnedOn, expiresOn });
  }
  const debt = books.debtOf(memberId);
  const heldAt = byBranch(held);
  return {
    memberId,
    balance: sumPoints(lots) - debt,
    pool,
    rights: byBranch(rights),
    held: sumPoints(heldAt),
    ...(heldAt.length > 0 && { heldAt }),
    setAside: byBranch(setAside),
    proposed: sumPoints(proposals.filter(({ state }) => state === "open")),
    debt,
    lots: lots.toSorted(byExpiry),
    ...(lapses.length > 0 && { lapses: latestOf(lapses) }),
  };
}

const latestOf = (lapses: readonly LapseRecord[]): NonNullable<BalanceRecord["lapses"]> =>
  lapses.slice(0, lapsesShown).map(({ memberId: _member, standsFor: _lot, moves: _moves, ...lapse }) => lapse);

const byBranch = (points: ReadonlyMap<string, number>): BalanceRecord["rights"] =>
  [...points]
    .filter(([, sum]) => sum > 0)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([branchId, sum]) => ({ branchId, points: sum }));
