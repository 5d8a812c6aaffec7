import { headOfficeItself } from "#server/app/operations/own-operations.ts";
import type { Work } from "#server/app/operations/work.ts";
import type { MemberCharge } from "#server/app/ports/lapse-store.ts";
import { newId } from "#server/app/ids.ts";
import { lapseRecord, type LapseRecord } from "#shared/domain/expiry/lapse.ts";
import { pointsExchange, pointsExpire, pointsWithdrawExchange } from "#shared/domain/expiry/ops.ts";
import { settleLapses, type LapseFacts, type LapseSettlement, type NewExchange } from "#shared/domain/expiry/settle-lapses.ts";
import type { Lot } from "#shared/domain/ledger/lots.ts";

export type LapseHistory = {
  readonly charges: readonly MemberCharge[];
  /** Branches for which head office did not wait. */
  readonly without: readonly string[];
  /** Lots whose last day is this one or an earlier one have lapsed for good. */
  readonly until: string;
};

/**
 * Expires what lapsed of one member at head office, and settles it with what was spent elsewhere. A second time it finds nothing to do.
 *
 * @returns whether something is left that only a later word of a station can settle
 */
export async function settleMember(work: Work, memberId: string, history: LapseHistory): Promise<{ readonly isOpen: boolean }> {
  for (;;) {
    const { withdrawn, given } = settleLapses(factsOf(work, memberId, history));
    // One thing at a time: what was taken back or has expired changes what is to be given.
    if (await withdrawSome(work, memberId, withdrawn)) continue;
    if (await expireFromPool(work, memberId, history)) continue;
    for (const exchange of given) await give(work, memberId, exchange);
    // A lot that was given may have lapsed itself meanwhile.
    if (given.length === 0) return { isOpen: withdrawn.length > 0 };
  }
}

async function give(work: Work, memberId: string, exchange: NewExchange): Promise<void> {
  const { ruleId, ruleVersion, earnedOn, expiresOn } = lotOf(work, memberId, exchange.standsFor);
  const lapsed = lotOf(work, memberId, exchange.lotId);
  const lapsedOn = lapsed.expiresOn;
  if (lapsedOn === null) throw new Error("a lot without a last day has lapsed");
  await work.own.write(pointsExchange, {
    by: headOfficeItself,
    d: {
      // Whoever first had what lapsed: two members that are one now may be two again.
      memberId: lapsed.memberId,
      bookedOn: work.today,
      ...exchange,
      lapsedOn,
      moves: [...exchange.moves],
      newLot: { lotId: newId(work.machine), ruleId, ruleVersion, earnedOn, expiresOn },
    },
  });
}

/** @returns whether there was anything */
async function withdrawSome(work: Work, memberId: string, withdrawn: LapseSettlement["withdrawn"]): Promise<boolean> {
  let taken = 0;
  for (const { newLotId, points } of withdrawn) taken += await withdraw(work, memberId, newLotId, points);
  return taken > 0;
}

function lotOf({ books }: Work, memberId: string, lotId: string): Lot {
  const lot = books.lotsOf(memberId).find((each) => each.lotId === lotId);
  if (!lot) throw new Error("a lapse names a lot that its member never had");
  return lot;
}

/** In the order in which they were written: a later one may rest on an earlier one. */
const lapsesOf = ({ books }: Work, memberId: string): readonly LapseRecord[] =>
  books.records
    .ofKind("lapse")
    .toSorted((a, b) => ((a.fieldClock["lapseId"] ?? "") < (b.fieldClock["lapseId"] ?? "") ? -1 : 1))
    .map(({ doc }) => lapseRecord.parse(doc))
    .filter((lapse) => books.isSamePerson(lapse.memberId, memberId));

/** @returns whether there was anything */
async function expireFromPool({ books, own, today }: Work, memberId: string, { until, without }: LapseHistory): Promise<boolean> {
  const lines = books
    .held(memberId, "POOL")
    .filter(({ lotId }) => books.lot(lotId)?.memberId === memberId)
    .flatMap(({ lotId, points, expiresOn }) => (expiresOn !== null && expiresOn <= until ? { lotId, points, lapsedOn: expiresOn } : []));
  if (lines.length === 0) return false;
  await own.write(pointsExpire, { by: headOfficeItself, d: { memberId, bookedOn: today, lines, without: [...without] } });
  return true;
}

function factsOf(work: Work, memberId: string, { charges, until }: LapseHistory): LapseFacts {
  const { books } = work;
  const exchanges = lapsesOf(work, memberId).flatMap(({ what, newLot, lotId, standsFor, points, withdrawn, moves }) =>
    what === "exchanged" && newLot && standsFor !== null
      ? { newLotId: newLot.lotId, lotId, standsFor, points: points - withdrawn, moves }
      : [],
  );
  const given = new Set(exchanges.map(({ newLotId }) => newLotId));
  const lots = books.lotsOf(memberId);
  const ownLots = new Set(lots.map(({ lotId }) => lotId));
  return {
    lots: lots.filter(({ lotId }) => !given.has(lotId)),
    charges: withoutLosses(
      charges.filter(({ lotId }) => ownLots.has(lotId)),
      (lotId) => spentOf(work, lotId),
    ),
    expired: new Map(lots.map(({ lotId }) => [lotId, books.amount(lotId, "EXPIRED")])),
    exchanges,
    until,
  };
}

const spentOf = ({ books }: Work, lotId: string): number => books.amount(lotId, "REDEEMED") + books.amount(lotId, "REPAID");

/** What the company took over is not the member's spend any more: of a lot that paid for more than it shows now, the newest spends. */
function withoutLosses(charges: readonly MemberCharge[], spentOfLot: (lotId: string) => number): readonly MemberCharge[] {
  return [...Map.groupBy(charges, ({ lotId }) => lotId)].flatMap(([lotId, all]) => {
    let left = spentOfLot(lotId);
    return all
      .filter(({ points }) => points > 0)
      .map((charge) => {
        const points = Math.min(left, charge.points);
        left -= points;
        return { ...charge, points };
      });
  });
}

/** Takes back what of an exchange lies here, then what it paid for. What a station holds of it has to come back first. */
async function withdraw(work: Work, memberId: string, lotId: string, points: number): Promise<number> {
  const { books, machine, own } = work;
  let left = points;
  const take = (holder: "POOL" | "EXPIRED" | "REDEEMED" | "REPAID"): number => {
    const taken = Math.min(left, books.amount(lotId, holder));
    left -= taken;
    return taken;
  };
  const fromPool = take("POOL");
  const fromExpired = take("EXPIRED");
  const spent = take("REDEEMED");
  const repaid = take("REPAID");
  if (left === points) return 0;
  const { ruleId, ruleVersion, earnedOn, expiresOn } = lotOf(work, memberId, lotId);
  const lossLot = { lotId: newId(machine), ruleId, ruleVersion, earnedOn, expiresOn };
  const before = lapsesOf(work, memberId).find(({ lapseId }) => lapseId === lotId)?.withdrawn ?? 0;
  await own.write(pointsWithdrawExchange, {
    by: headOfficeItself,
    d: {
      memberId,
      lotId,
      fromPool,
      fromExpired,
      loss: spent + repaid > 0 ? { newLot: lossLot, spent, repaid } : null,
      withdrawn: before + points - left,
    },
  });
  return points - left;
}
