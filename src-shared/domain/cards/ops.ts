import { z } from "zod";
import { declareOperation } from "#shared/domain/operations/declare.ts";
import type { Effect } from "#shared/domain/operations/effect.ts";
import { businessDateOf } from "#shared/domain/time/business-date.ts";
import { cardKind } from "./card-kind.ts";
import { cardRange } from "./card-range.ts";

/** Why a sub-card ends together with its main card (K-10). */
export const endedWithMainCard = "endedWithMainCard";

/** Why a main card ends that a second counter handed out while it was apart: the one that was issued earlier stays. */
export const replacedElsewhere = "replacedElsewhere";

const endSubCards = (main: { readonly cardNumber: string; readonly subCards?: readonly string[] }, on: string): readonly Effect[] =>
  (main.subCards ?? []).map((cardNumber) => ({
    kind: "blockCard",
    cardNumber,
    reason: endedWithMainCard,
    on,
    hangsOn: main.cardNumber,
  }));

/** A blank card becomes a member's. */
export const cardIssue = declareOperation({
  type: "card.issue",
  version: 1,
  writtenBy: "station",
  isMoneyLike: true,
  data: z.strictObject({
    cardNumber: z.string(),
    cardKind: z.string(),
    memberId: z.uuid(),
    /** The main card that a sub-card hangs on, and ends with; left out for a main card. */
    mainCard: z.string().exactOptional(),
  }),
  entity: (d) => ({ kind: "card", id: d.cardNumber }),
  memberId: (d) => d.memberId,
  effects: ({ body: { d } }) => [
    { kind: "bindCard", cardNumber: d.cardNumber, cardKind: d.cardKind, memberId: d.memberId, mainCard: d.mainCard ?? null },
  ],
});

/** A card stops working, for good; the first reason stays. A main card takes its sub-cards with it. */
export const cardBlock = declareOperation({
  type: "card.block",
  version: 1,
  writtenBy: "station",
  isMoneyLike: true,
  data: z.strictObject({
    cardNumber: z.string(),
    memberId: z.uuid(),
    /** A code of the dictionary of reasons. */ reason: z.string().min(1).max(64),
    /** The sub-cards of a main card that this counter knows; head office ends those as well that it does not. Left out where there are none. */
    subCards: z.array(z.string()).min(1).exactOptional(),
  }),
  entity: (d) => ({ kind: "card", id: d.cardNumber }),
  memberId: (d) => d.memberId,
  effects: ({ body: { at, d } }) => [
    { kind: "blockCard", cardNumber: d.cardNumber, reason: d.reason, on: businessDateOf(at) },
    ...endSubCards(d, businessDateOf(at)),
  ],
});

/** Why a card that was handed out to the wrong person by mistake is blocked; the member waits for another one. */
export const misissued = "misissued";

const undoIssueData = z.strictObject({
  undoes: z.uuid(),
  cardNumber: z.string(),
  memberId: z.uuid(),
  /** As of a card that is blocked. */
  subCards: z.array(z.string()).min(1).exactOptional(),
});
export type UndoIssueData = z.infer<typeof undoIssueData>;

/**
 * Takes back a card that was just handed out by mistake. The card is void and not blank again: a number belongs to one member for ever,
 * so that what another counter knows of it never leads to a stranger.
 */
export const cardUndoIssue = declareOperation({
  type: "card.undo_issue",
  version: 1,
  writtenBy: "station",
  isMoneyLike: true,
  data: undoIssueData,
  entity: (d) => ({ kind: "card", id: d.cardNumber }),
  memberId: (d) => d.memberId,
  effects: ({ body: { at, d } }) => [
    { kind: "undo", undoes: d.undoes },
    { kind: "blockCard", cardNumber: d.cardNumber, reason: misissued, on: businessDateOf(at) },
    ...endSubCards(d, businessDateOf(at)),
  ],
});

/** Which numbers are ours: a card outside every kind is not looked at twice. */
export const cardKindSet = declareOperation({
  type: "card_kind.set",
  version: 1,
  writtenBy: "headOffice",
  isMoneyLike: false,
  data: cardKind,
  entity: (d) => ({ kind: "cardKind", id: d.kind }),
  memberId: () => null,
  effects: ({ body: { d } }) => [{ kind: "putRecord", record: "cardKind", id: d.kind, fields: { ...d } }],
});

/** Which blank cards are whose to hand out. The same numbers assigned once more move to the branch named last. */
export const cardRangeAssign = declareOperation({
  type: "card_range.assign",
  version: 1,
  writtenBy: "headOffice",
  isMoneyLike: false,
  data: cardRange,
  entity: (d) => ({ kind: "cardRange", id: d.rangeId }),
  memberId: () => null,
  effects: ({ body: { d } }) => [{ kind: "putRecord", record: "cardRange", id: d.rangeId, fields: { ...d } }],
});
