import { err, ok, type Result } from "#shared/std/result.ts";
import type { BlankRefusal } from "./refuse-blank.ts";

export type IssueFacts = {
  readonly as: "main" | "sub";
  readonly memberIsFrozen: boolean;
  /** Somebody holds this number already, as far as this station knows. */
  readonly isTaken: boolean;
  /** Why this counter may not hand out the blank card, as far as it knows. */
  readonly blankRefusal: BlankRefusal | undefined;
  /** The member's main card that is not blocked. */
  readonly activeMainCard: string | undefined;
};

export type IssueRefusal =
  | { code: "MEMBER_FROZEN" | "CARD_TAKEN" | "NO_MAIN_CARD" }
  | BlankRefusal
  | { code: "HAS_MAIN_CARD"; last4: string };

/**
 * A member has exactly one main card (K-01), a sub-card hangs on it (K-07), and a number belongs to one member for ever.
 *
 * @returns the main card that a sub-card hangs on; null for a main card
 */
export function decideIssue(facts: IssueFacts): Result<string | null, IssueRefusal> {
  if (facts.memberIsFrozen) return err({ code: "MEMBER_FROZEN" });
  if (facts.isTaken) return err({ code: "CARD_TAKEN" });
  if (facts.blankRefusal) return err(facts.blankRefusal);
  const { as, activeMainCard } = facts;
  if (as === "sub") return activeMainCard === undefined ? err({ code: "NO_MAIN_CARD" }) : ok(activeMainCard);
  return activeMainCard === undefined ? ok(null) : err({ code: "HAS_MAIN_CARD", last4: activeMainCard.slice(-4) });
}
