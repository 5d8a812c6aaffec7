import { err, ok, type Result } from "#shared/std/result.ts";
import type { HoldRecord } from "./hold.ts";

export type HoldEndFacts = {
  /** Undefined when this station has never heard of it. */
  readonly hold: HoldRecord | undefined;
  /** The present life of this station's database. */
  readonly incarnation: string;
  readonly saidBy: "taker" | "person";
  /** The person may end a hold without a word of whoever was asked. */
  readonly maySettle: boolean;
};

export type HoldEndRefusal =
  | { code: "HOLD_NOT_FOUND" }
  | { code: "HOLD_ENDED"; state: "confirmed" | "cancelled" | "givenBack" }
  | { code: "HOLD_ELSEWHERE" }
  | { code: "HOLD_NEEDS_SUPERVISOR" };

/**
 * Decides whether a hold may be ended here, either way: once, at the life that holds it, by the answer of whoever was asked or by a
 * supervisor. A clerk's own word is not enough, since both ways can be to somebody's profit.
 */
export function decideHoldEnd({ hold, incarnation, saidBy, maySettle }: HoldEndFacts): Result<HoldRecord, HoldEndRefusal> {
  if (!hold) return err({ code: "HOLD_NOT_FOUND" });
  if (hold.state !== "held") return err({ code: "HOLD_ENDED", state: hold.state });
  if (hold.heldBy !== incarnation) return err({ code: "HOLD_ELSEWHERE" });
  return saidBy === "person" && !maySettle ? err({ code: "HOLD_NEEDS_SUPERVISOR" }) : ok(hold);
}
