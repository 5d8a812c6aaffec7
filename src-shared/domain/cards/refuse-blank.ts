import type { CardRange } from "./card-range.ts";
import { isWithin, type CardSpan } from "./card-span.ts";

export type BlankFacts = {
  readonly cardNumber: string;
  /** All ranges of the card's kind, of every branch. */
  readonly ranges: readonly CardRange[];
  readonly ownBranch: string;
  /** Cards of this branch that were recorded as lost or damaged. */
  readonly discarded: readonly CardSpan[];
};

export type BlankRefusal = { code: "CARD_OF_OTHER_BRANCH"; branchId: string } | { code: "CARD_NOT_ASSIGNED" } | { code: "CARD_DISCARDED" };

/**
 * Why a counter may not hand out a blank card. As long as head office gave no numbers of a kind to anybody, whoever holds the card may
 * issue it; from then on every number is one branch's, and two branches never mean the same card.
 */
export function refuseBlank({ cardNumber, ranges, ownBranch, discarded }: BlankFacts): BlankRefusal | undefined {
  if (discarded.some((span) => isWithin(cardNumber, span))) return { code: "CARD_DISCARDED" };
  if (ranges.length === 0) return undefined;
  const range = ranges.find((each) => isWithin(cardNumber, each));
  if (!range) return { code: "CARD_NOT_ASSIGNED" };
  return range.branchId === ownBranch ? undefined : { code: "CARD_OF_OTHER_BRANCH", branchId: range.branchId };
}
