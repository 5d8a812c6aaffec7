import { err, ok, type Result } from "#shared/std/result.ts";
import type { BenefitUse } from "#shared/domain/benefits/use.ts";
import type { LotLine } from "./lots.ts";

/** The movement that shall be undone, as the log of this station has it. */
export type Voidable =
  | {
      readonly kind: "award";
      readonly points: number;
      readonly memberId: string;
      /** Points of its lot that are still here. */
      readonly heldHere: number;
      /** What it took of the station's share of a budget, if its rule has one. */
      readonly budget?: BenefitUse | undefined;
    }
  | { readonly kind: "redemption"; readonly points: number; readonly memberId: string; readonly lines: readonly LotLine[] };

export type VoidFacts = {
  /** Undefined for what cannot be undone here: another kind of operation, or a proposal, which head office decides. */
  readonly original: Voidable | undefined;
  readonly author: string;
  readonly operator: string;
  /** The operator has, or was lent, the right to undo what somebody else made. */
  readonly mayVoidOthers: boolean;
  readonly isVoidedAlready: boolean;
  /** Business date of the original, and today's. */
  readonly madeOn: string;
  readonly today: string;
  readonly clockIsInDoubt: boolean;
};

export type VoidRefusal =
  | { code: "NOT_VOIDABLE" }
  | { code: "ALREADY_VOIDED" }
  | { code: "NOT_THE_AUTHOR"; author: string }
  | { code: "VOID_WINDOW_CLOSED"; businessDate: string }
  | { code: "CLOCK_IN_DOUBT" };

export type VoidDecision =
  | {
      readonly kind: "award";
      readonly points: number;
      readonly memberId: string;
      readonly fromRight: number;
      readonly rest: number;
      readonly budget?: BenefitUse | undefined;
    }
  | { readonly kind: "redemption"; readonly points: number; readonly memberId: string; readonly lines: readonly LotLine[] };

/**
 * Decides the undoing of a movement by its author or with a supervisor, on the day it was made.
 *
 * @returns for an award, what is taken here and what head office has to find (it alone knows the pool); for a redemption, the lines
 *   that go back to the lots they came from
 */
export function decideVoid(facts: VoidFacts): Result<VoidDecision, VoidRefusal> {
  const { original } = facts;
  if (!original) return err({ code: "NOT_VOIDABLE" });
  if (facts.isVoidedAlready) return err({ code: "ALREADY_VOIDED" });
  if (facts.author !== facts.operator && !facts.mayVoidOthers) return err({ code: "NOT_THE_AUTHOR", author: facts.author });
  // The window is a date, and a clock in doubt does not know the date.
  if (facts.clockIsInDoubt) return err({ code: "CLOCK_IN_DOUBT" });
  if (facts.madeOn !== facts.today) return err({ code: "VOID_WINDOW_CLOSED", businessDate: facts.madeOn });
  return ok(undoingOf(original));
}

/** What undoing a movement moves, whoever may do it. */
export function undoingOf(original: Voidable): VoidDecision {
  const { points, memberId } = original;
  if (original.kind === "redemption") return { kind: "redemption", points, memberId, lines: original.lines };
  const fromRight = Math.min(points, original.heldHere);
  return { kind: "award", points, memberId, fromRight, rest: points - fromRight, budget: original.budget };
}
