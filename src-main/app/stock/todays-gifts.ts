import type { GiftDay } from "#shared/contracts/stock.ts";
import type { MoveReason } from "#shared/domain/stock/stock-move.ts";
import { businessDateOf } from "#shared/domain/time/business-date.ts";
import type { Ports } from "#main/app/ports/ports.ts";
import { requireIdentity } from "#main/app/session/identity.ts";
import { onHand } from "./on-hand.ts";

const dayMs = 24 * 60 * 60 * 1000;

/** What became of each gift of this branch on today's business date, at all its counters as far as they were heard. */
export const makeTodaysGifts =
  ({ store, clock }: Ports) =>
  (): GiftDay[] =>
    store.read((view) => {
      const nowMs = clock.nowMs();
      const today = clock.businessDate();
      // A business day is at most a day long; which movements are of today, their own dates say.
      const moves = view.stock
        .between(requireIdentity(view).branchId, nowMs - dayMs, nowMs + dayMs)
        .filter(({ itemKind, atMs }) => itemKind === "gift" && businessDateOf(atMs) === today);
      return view.gifts.all().map(({ giftId, name }) => {
        const pieces = (...reasons: readonly MoveReason[]): number =>
          Math.abs(moves.reduce((sum, move) => sum + (move.itemId === giftId && reasons.includes(move.why) ? move.pieces : 0), 0));
        return {
          giftId,
          name,
          received: pieces("received", "arrived"),
          handedOut: pieces("handedOut"),
          givenBack: pieces("givenBack"),
          takenOut: pieces("damaged", "lost", "sent"),
          onHand: onHand(view, { kind: "gift", id: giftId }).pieces,
        };
      });
    });
