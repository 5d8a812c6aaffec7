import { err, ok, type Result } from "#shared/std/result.ts";
import type { BlankRefusal } from "./refuse-blank.ts";

export type IssueFacts = {
  readonly memberIsFrozen: boolean;
  /** Somebody holds this number already, as far as this station knows. */
  readonly isTaken: boolean;
  /** Why this counter may not hand out the blank card, as far as it knows. */
  readonly blankRefusal: BlankRefusal | undefined;
  /** Last four digits of the member's main card that is not blocked. */
  readonly activeCardLast4: string | undefined;
};

export type IssueRefusal = { code: "MEMBER_FROZEN" } | { code: "CARD_TAKEN" } | BlankRefusal | { code: "HAS_MAIN_CARD"; last4: string };

/** A member has exactly one main card (K-01), and a number belongs to one member for ever. */
export function decideIssue(facts: IssueFacts): Result<null, IssueRefusal> {
  if (facts.memberIsFrozen) return err({ code: "MEMBER_FROZEN" });
  if (facts.isTaken) return err({ code: "CARD_TAKEN" });
  if (facts.blankRefusal) return err(facts.blankRefusal);
  return facts.activeCardLast4 === undefined ? ok(null) : err({ code: "HAS_MAIN_CARD", last4: facts.activeCardLast4 });
}
