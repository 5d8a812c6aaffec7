import type { MovementSubject } from "#shared/domain/ledger/subject.ts";
import type { Standing } from "#shared/domain/ledger/target.ts";
import { cardsInDirectory } from "#main/app/members/member-view.ts";
import type { Reading } from "#main/app/ports/store.ts";
import { requireIdentity } from "#main/app/session/identity.ts";

/**
 * The name under which an award is written: of whoever has the card that works. Should two people have been taken for one, the award goes where
 * the card goes.
 */
export function awardedName(view: Reading, memberId: string): string {
  const hasWorkingCard = (name: string): boolean =>
    (view.members.find(name)
      ? view.cards.ofMember(name).filter((card) => card.memberId === name)
      : (view.directory.find(name)?.cards ?? [])
    ).some(({ state }) => state === "active");
  return view.members.namesOf(memberId).find(hasWorkingCard) ?? view.members.current(memberId);
}

export type Subject = { readonly subject: MovementSubject; readonly standing: Standing };

/** What this station knows of a member whose points shall move: from its working set, or from the directory line. */
export function subjectOf(view: Reading, askedFor: string): Subject | undefined {
  const memberId = view.members.current(askedFor);
  const member = view.members.find(memberId);
  const line = member ? undefined : view.directory.find(memberId);
  const known = member ?? line;
  if (!known) return undefined;
  const states = (line ? cardsInDirectory(view, memberId) : view.cards.ofMember(memberId)).map(({ state }) => state);
  const card = states.includes("active") ? "active" : states.length > 0 ? "blocked" : "none";
  return {
    subject: { memberIsFrozen: known.state === "frozen", card },
    standing: known.homeBranch === requireIdentity(view).branchId ? "home" : "other",
  };
}
