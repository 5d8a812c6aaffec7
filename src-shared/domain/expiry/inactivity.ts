import { addMonths } from "#shared/domain/time/calendar.ts";
import type { LotSpan } from "./settle-lapses.ts";

/** A day on which a member was served, and the operation that says so. */
export type Served = { readonly on: string; readonly opId: string };

/**
 * The last day of a lot that lapses when its member stays away: so many months after the last time the member was served, and never later
 * than its own last day. Being served after the lapse brings nothing back; an award or a redemption that was undone later was a visit all
 * the same.
 *
 * @param served oldest first; days before the lot was earned say nothing about it
 */
export function endWithoutVisits(
  { earnedOn, expiresOn }: Omit<LotSpan, "lotId">,
  inactiveMonths: number,
  served: readonly Served[],
): string {
  let lastServedOn = earnedOn;
  for (const { on } of served) {
    if (on > addMonths(lastServedOn, inactiveMonths)) break;
    if (on > lastServedOn) lastServedOn = on;
  }
  const end = addMonths(lastServedOn, inactiveMonths);
  return expiresOn !== null && expiresOn < end ? expiresOn : end;
}
