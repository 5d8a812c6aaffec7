import type { MovementSubject } from "#shared/domain/ledger/subject.ts";
import type { Standing } from "#shared/domain/ledger/target.ts";
import type { Reading } from "#main/app/ports/store.ts";
import { requireIdentity } from "#main/app/session/identity.ts";

export type Subject = { readonly subject: MovementSubject; readonly standing: Standing };

/** What this station knows of a member whose points shall move: from its working set, or from the directory line. */
export function subjectOf(view: Reading, memberId: string): Subject | undefined {
  const member = view.members.find(memberId);
  const line = member ? undefined : view.directory.find(memberId);
  const known = member ?? line;
  if (!known) return undefined;
  const states = (line ? line.cards : view.cards.ofMember(memberId)).map(({ state }) => state);
  const card = states.includes("active") ? "active" : states.length > 0 ? "blocked" : "none";
  return {
    subject: { memberIsFrozen: known.state === "frozen", card },
    standing: known.homeBranch === requireIdentity(view).branchId ? "home" : "other",
  };
}
