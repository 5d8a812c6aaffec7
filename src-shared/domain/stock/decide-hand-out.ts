import { err, ok, type Result } from "#shared/std/result.ts";

export type HandOutFacts = {
  readonly pieces: number;
  /** As far as this station knows; another counter of the branch may have handed some out meanwhile. */
  readonly onHand: number;
  readonly hasSecondPerson: boolean;
};

/**
 * Whether a gift may go over the counter. The shelf wins over the books: what they do not have may still lie there, and a second person
 * who has looked says so.
 */
export function decideHandOut({
  pieces,
  onHand,
  hasSecondPerson,
}: HandOutFacts): Result<{ readonly isShort: boolean }, { code: "GIFT_SHORT"; onHand: number }> {
  const isShort = pieces > onHand;
  return isShort && !hasSecondPerson ? err({ code: "GIFT_SHORT", onHand }) : ok({ isShort });
}
