import { hasLapsed } from "./lots.ts";

export type ExpiringLot = { readonly points: number; readonly expiresOn: string | null };

/** All that lapses on the nearest day: people are told a sum and a date, not a lot. @returns null when nothing will lapse */
export function nextExpiryOf(lots: Iterable<ExpiringLot>, today: string): { readonly points: number; readonly expiresOn: string } | null {
  let next: { points: number; expiresOn: string } | null = null;
  for (const { points, expiresOn } of lots) {
    if (points <= 0 || expiresOn === null || hasLapsed({ expiresOn }, today)) continue;
    if (next === null || expiresOn < next.expiresOn) next = { points, expiresOn };
    else if (expiresOn === next.expiresOn) next.points += points;
  }
  return next;
}
