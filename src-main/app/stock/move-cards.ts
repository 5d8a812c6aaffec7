import type { LocalName } from "#shared/contracts/common.ts";
import type { CardEnds, DiscardCardsInput, ReceiveCardsInput, StockLine } from "#shared/contracts/stock.ts";
import { err, ok, type Result } from "#shared/std/result.ts";
import { cardsIn, doOverlap } from "#shared/domain/cards/card-span.ts";
import type { Operator } from "#shared/domain/staff/roles.ts";
import type { Ports } from "#main/app/ports/ports.ts";
import { readCardEnds, type CardEndsRefusal } from "./card-ends.ts";
import { cardsDiscarded, cardsReceived } from "./on-hand.ts";
import { writeMove, type MoveRefusal } from "./write-move.ts";

/** How many cards a box holds, by its first and last one. */
export const makeCardsBetween =
  ({ store, handles }: Ports) =>
  (ends: CardEnds): Result<{ kindName: LocalName; cards: number }, CardEndsRefusal> =>
    store.read((view) => {
      const read = readCardEnds(view, handles, ends);
      return read.ok ? ok({ kindName: read.value.kind.name, cards: cardsIn(read.value.kind, read.value.span) }) : read;
    });

/** A box of blank cards is put into the drawer. */
export const makeReceiveCards =
  ({ store, handles }: Ports) =>
  (
    { requestId, ...ends }: ReceiveCardsInput,
    by: Operator,
  ): Result<StockLine, CardEndsRefusal | MoveRefusal | { code: "CARDS_RECEIVED" }> =>
    store.write((tx): Result<StockLine, CardEndsRefusal | MoveRefusal | { code: "CARDS_RECEIVED" }> => {
      const read = readCardEnds(tx, handles, ends);
      if (!read.ok) return read;
      const { kind, span } = read.value;
      const isNew = !tx.operations.find(requestId);
      if (isNew && cardsReceived(tx, kind.kind).some((known) => doOverlap(known, span))) return err({ code: "CARDS_RECEIVED" });
      const move = { why: "received", pieces: cardsIn(kind, span) } as const;
      return writeMove(tx, requestId, by, { item: { kind: "card", id: kind.kind }, cards: span, move });
    });

type DiscardRefusal = CardEndsRefusal | MoveRefusal | { code: "CARD_DISCARDED" } | { code: "CARDS_IN_USE"; cards: number };

/** Blank cards are lost or spoilt: from now on nobody issues them. */
export const makeDiscardCards =
  ({ store, handles }: Ports) =>
  ({ requestId, why, ...ends }: DiscardCardsInput, by: Operator): Result<StockLine, DiscardRefusal> =>
    store.write((tx): Result<StockLine, DiscardRefusal> => {
      const read = readCardEnds(tx, handles, ends);
      if (!read.ok) return read;
      const { kind, span } = read.value;
      if (!tx.operations.find(requestId)) {
        const inUse = tx.stock.boundCards(kind.kind, span.first, span.last);
        if (inUse > 0) return err({ code: "CARDS_IN_USE", cards: inUse });
        if (cardsDiscarded(tx, kind.kind).some((gone) => doOverlap(gone, span))) return err({ code: "CARD_DISCARDED" });
      }
      const move = { why, pieces: cardsIn(kind, span) } as const;
      return writeMove(tx, requestId, by, { item: { kind: "card", id: kind.kind }, cards: span, move });
    });
