import type { PointsHistory } from "../world/books.ts";
import { hasLapsed, sumPoints } from "#shared/domain/ledger/lots.ts";
import { expiredInOneLedger, spentInTime } from "#test/src-shared/domain/expiry/one-ledger.ts";
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

/** Where nothing befalls anybody that one ledger does not know. */
export const everyMembersExpiry: Invariant = {
  id: "I18-everybody",
  says: "What expired of anybody at all is what one ledger would have let expire that spends the earliest last day first.",
  async check({ world: { books, memberIds } }) {
    const until = await books.expiredUntil();
    for (const memberId of memberIds) {
      const { expired, expected } = compare(await books.history([memberId]), until);
      must(expired === expected, `${memberId} lost ${expired} until ${until}, and one ledger would have let ${expected} expire`);
    }
  },
};

/** One ledger knows neither voids of purchases nor points on hold, branches that were taken for dead, or days of a counter whose clock was wrong. */
function isPlain({ lots, accounts, charges, lapses }: PointsHistory): boolean {
  const byId = new Map(lots.map((lot) => [lot.lotId, lot]));
  const isOrdinary = accounts.every(({ holder, amount }) => amount === 0 || !/^(?:HELD|REVERSED|MOVED|LIMBO)/.test(holder));
  const isInTime = charges.every(({ lotId, spentOn }) => {
    const lot = byId.get(lotId);
    return lot !== undefined && lot.earnedOn <= spentOn && !hasLapsed(lot, spentOn);
  });
  return isOrdinary && isInTime && lapses.every(({ what, newLot }) => what !== "restored" || newLot === null);
}

function compare({ lots, accounts, charges, lapses }: PointsHistory, until: string): { expired: number; expected: number } {
  const exchanges = lapses.filter(({ what }) => what === "exchanged");
  const standsFor = new Map(exchanges.map(({ newLot, standsFor: lotId }) => [newLot?.lotId, lotId]));
  const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);
  const gone = sum(accounts.map(({ holder, amount }) => (holder === "EXPIRED" ? amount : 0)));
  const back = sum(exchanges.map(({ points, withdrawn }) => points - withdrawn));
  const awarded = lots.filter(({ lotId }) => !standsFor.has(lotId));
  const spends = withoutLosses(charges).map((charge) => ({ ...charge, lotId: standsFor.get(charge.lotId) ?? charge.lotId }));
  return { expired: gone - back, expected: expiredInOneLedger(...spentInTime(awarded, spends), until) };
}

/** What the company bears of a lot is nobody's spend any more: the newest of those that the lot had paid for. */
function withoutLosses(charges: PointsHistory["charges"]): PointsHistory["charges"] {
  return [...Map.groupBy(charges, ({ lotId }) => lotId).values()].flatMap((ofLot) => {
    let left = sumPoints(ofLot);
    const spends = ofLot.filter(({ points }) => points > 0).toSorted((a, b) => (a.spentOn < b.spentOn ? -1 : 1));
    return spends.map((charge) => {
      const points = Math.min(left, charge.points);
      left -= points;
      return { ...charge, points };
    });
  });
}
