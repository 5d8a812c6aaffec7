/** What this station knows of the member whose points shall move. */
export type MovementSubject = { readonly memberIsFrozen: boolean; readonly card: "active" | "blocked" | "none" };

export type MovementRefusal = { code: "MEMBER_FROZEN" } | { code: "NO_CARD" } | { code: "CARD_BLOCKED" };

/** What forbids any movement of points, as far as this station knew: a terminal state neither earns nor redeems. */
export function refuseMovement(subject: MovementSubject): MovementRefusal | undefined {
  if (subject.memberIsFrozen) return { code: "MEMBER_FROZEN" };
  if (subject.card === "blocked") return { code: "CARD_BLOCKED" };
  return subject.card === "none" ? { code: "NO_CARD" } : undefined;
}
