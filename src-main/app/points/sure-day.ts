import { isOpenOn } from "#shared/domain/publications/in-force.ts";
import { businessDateOf } from "#shared/domain/time/business-date.ts";
import type { Clock } from "#main/app/ports/clock.ts";
import type { Reading } from "#main/app/ports/store.ts";

/** The days that a counter takes for today. A clock that is believed knows one; one in doubt, beside it, the day of the last contact. */
export type CounterDays = {
  readonly today: string;
  /** While the clock is in doubt, the last day that is beyond it; null while it is believed, and where nobody was ever heard. */
  readonly sureDay: string | null;
};

export function counterDays(view: Reading, clock: Clock): CounterDays {
  const lastContactMs = clock.reading().doubt ? view.exchange.lastContactMs() : null;
  return { today: clock.businessDate(), sureDay: lastContactMs === null ? null : businessDateOf(lastContactMs) };
}

/**
 * Whether an offer may be made. While the clock is in doubt an offer with a date is off: only what was open at the last contact, and is open
 * by this clock, is open whichever of the two is right.
 */
export const isSurelyOpen = (offer: Parameters<typeof isOpenOn>[0], { today, sureDay }: CounterDays): boolean =>
  isOpenOn(offer, today) && (sureDay === null || isOpenOn(offer, sureDay));
