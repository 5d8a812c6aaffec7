import type { PointsHistory } from "../world/books.ts";
import { hasLapsed } from "#shared/domain/ledger/lots.ts";
import { expiredInOneLedger } from "#test/src-shared/domain/expiry/one-ledger.ts";
import { must, peopleOf, type Invariant } from "./invariant.ts";

/** What holds of points that lapsed, when everybody has heard everything. */
export const expiry: readonly Invariant[] = [
  {
    id: "I17",
    says: "No operation of a station makes points expire.",
    async check({ world: { books }, inbox }) {
      const written = await books.expiredByStations(inbox);
      must(written.length === 0, `${written.join(" ")} put points into EXPIRED`);
    },
  },
  {
    id: "I18",
    says: "What expired of a member is what one ledger would have let expire that spends the earliest last day first.",
    async check({ world: { books, memberIds }, aliases }) {
      const until = await books.expiredUntil();
      const atRisk = await books.givenBack();
      for (const names of peopleOf(memberIds, aliases)) {
        // Who were one for a time spent each other's points.
        if (names.some((name) => (aliases.get(name)?.partedFrom.length ?? 0) > 0)) continue;
        const history = await books.history(names);
        if (!isPlain(history) || history.lots.some(({ lotId }) => atRisk.has(lotId))) continue;
        const { expired, expected } = compare(history, until);
        must(expired === expected, `${names[0]} lost ${expired} until ${until}, and one ledger would have let ${expected} expire`);
      }
    },
  },
];

/** One ledger knows neither voids of purchases nor points on hold, branches that were taken for dead, or days of a counter whose clock was wrong. */
function isPlain({ lots, accounts, charges, lapses }: PointsHistory): boolean {
  const byId = new Map(lots.map((lot) => [lot.lotId, lot]));
  const isOrdinary = accounts.every(({ holder, amount }) => amount === 0 || !/^(?:HELD|REVERSED|MOVED|LIMBO)/.test(holder));
  const isInTime = charges.every(({ lotId, spentOn }) => {
    const lot = byId.get(lotId);
    return lot !== undefined && lot.earnedOn <= spentOn && !hasLapsed(lot, spentOn);
  });
  return isOrdinary && isInTime && lapses.every(({ what }) => what !== "restored");
}

function compare({ lots, accounts, charges, lapses }: PointsHistory, until: string): { expired: number; expected: number } {
  const exchanges = lapses.filter(({ what }) => what === "exchanged");
  const given = new Set(exchanges.map(({ newLot }) => newLot?.lotId));
  const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);
  const gone = sum(accounts.map(({ holder, amount }) => (holder === "EXPIRED" ? amount : 0)));
  const back = sum(exchanges.map(({ points, withdrawn }) => points - withdrawn));
  const awarded = lots.filter(({ lotId }) => !given.has(lotId));
  return { expired: gone - back, expected: expiredInOneLedger(awarded, charges, until) };
}
