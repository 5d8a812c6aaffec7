import type { BalanceView } from "#shared/contracts/members.ts";
import type { BalanceRecord } from "#shared/contracts/sync/feed.ts";
import { hasLapsed, sumPoints } from "#shared/domain/ledger/lots.ts";
import type { ExpiringLot } from "#shared/domain/ledger/next-expiry.ts";
import { addDays } from "#shared/domain/time/calendar.ts";

export type LapseRow = NonNullable<BalanceRecord["lapses"]>[number];

/** People ask where their points went for about so long. */
const shownDays = 90;

type LapsedLot = { readonly points: number; readonly expiresOn: string };

export type Lapsed = {
  /** Their last day is over, and head office has not booked it yet: some branch may still tell of spending them. */
  readonly unconfirmed: readonly LapsedLot[];
  /** What became of points of the latest last day, as head office booked it. */
  readonly rows: readonly LapseRow[];
  readonly shown: BalanceView["lapsed"];
};

/** Of points whose last day is over: they are not the member's any more from that instant on, whoever still lists them. */
export function lapsedOf(lots: Iterable<ExpiringLot>, booked: readonly LapseRow[], today: string): Lapsed {
  const unconfirmed = [...lots].flatMap(({ points, expiresOn }): LapsedLot[] =>
    expiresOn !== null && points > 0 && hasLapsed({ expiresOn }, today) ? [{ points, expiresOn }] : [],
  );
  const days = [...unconfirmed.map(({ expiresOn }) => expiresOn), ...booked.map(({ lapsedOn }) => lapsedOn)];
  const lapsedOn = days.toSorted().at(-1);
  if (lapsedOn === undefined || lapsedOn < addDays(today, -shownDays)) return { unconfirmed, rows: [], shown: null };
  const waiting = sumPoints(unconfirmed.filter(({ expiresOn }) => expiresOn === lapsedOn));
  const rows = booked.filter((row) => row.lapsedOn === lapsedOn);
  const expired = sumPoints(rows.filter(({ what }) => what === "expired"));
  const givenBack = rows.reduce((sum, { what, points, withdrawn }) => sum + (what === "expired" ? 0 : points - withdrawn), 0);
  return { unconfirmed, rows, shown: { lapsedOn, points: waiting + expired - givenBack, givenBack, isConfirmed: waiting === 0 } };
}
