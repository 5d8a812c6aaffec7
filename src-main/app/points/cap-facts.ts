import { usedOn } from "#shared/domain/earning/day-cap.ts";
import type { CapFacts } from "#shared/domain/earning/within-cap.ts";
import type { Reading } from "#main/app/ports/store.ts";

/** What counts of a rule's cap on a day, under all names of the person. */
export function capFacts(view: Reading, memberId: string, ruleId: string, today: string): Omit<CapFacts, "uses"> {
  const replica = view.identity()?.replica ?? 0;
  const uses = view.members.namesOf(memberId).flatMap((name) => view.capUses.find(name) ?? []);
  return { replica, ...usedOn(uses, ruleId, today, replica) };
}
