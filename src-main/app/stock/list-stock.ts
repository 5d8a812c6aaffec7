import type { StockLine } from "#shared/contracts/stock.ts";
import type { StockItem } from "#shared/domain/stock/stock-move.ts";
import type { LocalName } from "#shared/contracts/common.ts";
import { branchName } from "#main/app/members/member-view.ts";
import type { Ports } from "#main/app/ports/ports.ts";
import type { Reading } from "#main/app/ports/store.ts";
import { requireIdentity } from "#main/app/session/identity.ts";
import { lastCount, onHand } from "./on-hand.ts";

/** Gifts and blank cards of this branch; what must be counted comes first, then what runs low. */
export const makeListStock =
  ({ store }: Ports) =>
  (): StockLine[] =>
    store.read((view) => {
      const items = [
        ...view.gifts.all().map(({ giftId }): StockItem => ({ kind: "gift", id: giftId })),
        ...kindsHere(view).map((kind): StockItem => ({ kind: "card", id: kind })),
      ];
      const urgency = ({ mustBeCounted, isLow }: StockLine): number => Number(mustBeCounted) * 2 + Number(isLow);
      return items.flatMap((item) => viewStock(view, item) ?? []).toSorted((a, b) => urgency(b) - urgency(a));
    });

/** Kinds of which head office gave this branch numbers. */
function kindsHere(view: Reading): readonly string[] {
  const { branchId } = requireIdentity(view);
  return [...new Set(view.cards.ranges().flatMap((range) => (range.branchId === branchId ? range.cardKind : [])))];
}

/** One line of the stock, or undefined for what head office never named. */
export function viewStock(view: Reading, item: StockItem): StockLine | undefined {
  const { branchId } = requireIdentity(view);
  const named = nameAndMark(view, item, branchId);
  if (!named) return undefined;
  const { pieces, mustBeCounted } = onHand(view, item);
  const count = lastCount(view.stock.sinceCount(branchId, item));
  return {
    item,
    ...named,
    onHand: pieces,
    isLow: pieces < named.lowAt,
    mustBeCounted,
    asOfMs: view.exchange.lastContactMs(),
    lastCount: count
      ? { atMs: count.atMs, by: staffName(view, count.by), counted: count.pieces, expected: count.expected ?? count.pieces }
      : null,
    parcels: view.stock
      .onTheWayTo(branchId)
      .filter(({ itemKind, itemId }) => itemKind === item.kind && itemId === item.id)
      .map((sent) => ({
        sentMoveId: sent.moveId,
        fromBranch: branchName(view, sent.branchId),
        pieces: -sent.pieces,
        sentAtMs: sent.atMs,
      })),
  };
}

function nameAndMark(view: Reading, { kind, id }: StockItem, branchId: string): { name: LocalName; lowAt: number } | undefined {
  if (kind === "gift") {
    const gift = view.gifts.find(id);
    return gift && { name: gift.name, lowAt: gift.lowAt };
  }
  const name = view.cards.kinds().find((each) => each.kind === id)?.name;
  const marks = view.cards.ranges().flatMap((range) => (range.cardKind === id && range.branchId === branchId ? range.lowAt : []));
  return name && { name, lowAt: Math.max(0, ...marks) };
}

export const staffName = (view: Reading, staffId: string): string => view.staff.find(staffId)?.displayName ?? staffId;
