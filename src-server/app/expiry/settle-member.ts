import { headOfficeItself } from "#server/app/operations/own-operations.ts";
import type { Work } from "#server/app/operations/work.ts";
import type { MemberCharge, MemberServed } from "#server/app/ports/lapse-store.ts";
import { newId } from "#server/app/ids.ts";
import { endWithoutVisits, type Served } from "#shared/domain/expiry/inactivity.ts";
import { lapseRecord, type LapseRecord } from "#shared/domain/expiry/lapse.ts";
import { pointsExchange, pointsExpire, pointsInactive, pointsRevive, pointsWithdrawExchange } from "#shared/domain/expiry/ops.ts";
import {
  settleLapses,
  type LapseFacts,
  type LapseSettlement,
  type NewExchange,
  type RevivedPoints,
} from "#shared/domain/expiry/settle-lapses.ts";
import { sameJson } from "#shared/std/json.ts";
import { isUnspent, sumPoints, type Lot } from "#shared/domain/ledger/lots.ts";

export type LapseHistory = {
  readonly charges: readonly MemberCharge[];
  readonly served: readonly MemberServed[];
  /** Months without a visit after which points of a rule's version lapse, by `rule/version`; others never lapse so. */
  readonly inactiveMonths: ReadonlyMap<string, number>;
  /** Branches for which head office did not wait. */
  readonly without: readonly string[];
  /** Lots whose last day is this one or an earlier one have lapsed for good. */
  readonly until: string;
};

/** What is known of one member while it is settled. */
type Member = {
  readonly memberId: string;
  readonly charges: readonly MemberCharge[];
  readonly served: readonly Served[];
  /** The last day of a lot as head office knows it now. */
  readonly endOf: (lot: Lot) => string | null;
  readonly history: LapseHistory;
};

/**
 * Expires what lapsed of one member at head office, and settles it with what was spent elsewhere. A second time it finds nothing to do.
 *
 * @returns whether something is left that only a later word of a station can settle
 */
export async function settleMember(work: Work, memberId: string, history: LapseHistory): Promise<{ readonly isOpen: boolean }> {
  const isTheirs = (row: { readonly memberId: string }): boolean => work.books.isSamePerson(row.memberId, memberId);
  const served = history.served.filter(isTheirs);
  const member: Member = {
    memberId,
    charges: history.charges,
    served,
    endOf(lot) {
      const months = history.inactiveMonths.get(`${lot.ruleId}/${lot.ruleVersion}`);
      return months === undefined ? lot.expiresOn : endWithoutVisits(lot, months, served);
    },
    history,
  };
  await nameInactive(work, member);
  for (;;) {
    const { revived, withdrawn, given } = settleLapses(factsOf(work, member));
    // One thing at a time: what came back, was taken back or has expired changes what is to be given.
    if (await revive(work, member, revived)) continue;
    if (await withdrawSome(work, memberId, withdrawn)) continue;
    if (await expireFromPool(work, member)) continue;
    for (const exchange of given) await give(work, member, exchange);
    // A lot that was given may have lapsed itself meanwhile.
    if (given.length > 0) continue;
    await nameInactive(work, member);
    return { isOpen: withdrawn.length > 0 };
  }
}

/** Under this one name of the person. */
const ownLotsOf = (books: Work["books"], memberId: string): readonly Lot[] =>
  books.lotsAsMade(memberId).filter((lot) => lot.memberId === memberId);

/** Says which lots have lapsed for want of visits, so that whoever holds something of them gives it back; and of which that is not so any more. */
async function nameInactive({ books, own }: Work, { memberId, endOf, history }: Member): Promise<void> {
  const lots = ownLotsOf(books, memberId).flatMap((lot) => {
    const lapsedOn = endOf(lot);
    const isHeld = [...books.holdersOf(lot.lotId)].some(([holder, points]) => points > 0 && isUnspent(holder));
    return isHeld && lapsedOn !== null && lapsedOn !== lot.expiresOn && lapsedOn <= history.until ? [{ lotId: lot.lotId, lapsedOn }] : [];
  });
  const named = books.records.find("inactivity", memberId);
  if (!named && lots.length === 0) return;
  const d = { memberId, lots };
  if (!named || !sameJson(named.doc, d)) await own.write(pointsInactive, { by: headOfficeItself, d });
}

/** @returns whether there was anything */
async function revive(work: Work, { memberId, served }: Member, revived: readonly RevivedPoints[]): Promise<boolean> {
  if (revived.length === 0) return false;
  const { own, today, tx } = work;
  const lapses = lapsesOf(work, memberId);
  const lines = revived.map(({ lotId, points }) => {
    const lapsedOn = lapses.findLast((lapse) => lapse.what === "expired" && lapse.lotId === lotId)?.lapsedOn ?? today;
    return { lotId, points, lapsedOn };
  });
  const [lapsedOn = today] = lines.map((line) => line.lapsedOn).toSorted();
  const visit = served.findLast(({ on }) => on <= lapsedOn) ?? { on: lapsedOn, opId: "" };
  const branchId = (await tx.inbox.authorBranches([visit.opId])).get(visit.opId) ?? null;
  // Whoever first had them: two members that are one now may be two again.
  for (const [owner, theirs] of Map.groupBy(lines, ({ lotId }) => lotOf(work, memberId, lotId).memberId)) {
    await own.write(pointsRevive, {
      by: headOfficeItself,
      d: { memberId: owner, bookedOn: today, lines: theirs, served: { on: visit.on, branchId } },
    });
  }
  return true;
}

async function give(work: Work, { memberId, endOf }: Member, exchange: NewExchange): Promise<void> {
  const { ruleId, ruleVersion, earnedOn, expiresOn, contributor } = lotOf(work, memberId, exchange.standsFor);
  const lapsed = lotOf(work, memberId, exchange.lotId);
  const lapsedOn = endOf(lapsed);
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
      newLot: { lotId: newId(work.machine), ruleId, ruleVersion, earnedOn, expiresOn, ...(contributor !== undefined && { contributor }) },
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
  const lot = books.lotsAsMade(memberId).find((each) => each.lotId === lotId);
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
async function expireFromPool({ books, own, today }: Work, { memberId, endOf, history }: Member): Promise<boolean> {
  const lines = ownLotsOf(books, memberId).flatMap((lot) => {
    const points = books.amount(lot.lotId, "POOL");
    const lapsedOn = endOf(lot);
    if (points === 0 || lapsedOn === null || lapsedOn > history.until) return [];
    return [{ lotId: lot.lotId, points, lapsedOn, ...(lapsedOn !== lot.expiresOn && { forWantOfVisits: true as const }) }];
  });
  if (lines.length === 0) return false;
  await own.write(pointsExpire, { by: headOfficeItself, d: { memberId, bookedOn: today, lines, without: [...history.without] } });
  return true;
}

function factsOf(work: Work, { memberId, charges, endOf, history }: Member): LapseFacts {
  const { books } = work;
  const lapses = lapsesOf(work, memberId);
  const exchanges = lapses.flatMap(({ what, newLot, lotId, standsFor, points, withdrawn, moves }) =>
    what === "exchanged" && newLot && standsFor !== null
      ? { newLotId: newLot.lotId, lotId, standsFor, points: points - withdrawn, moves }
      : [],
  );
  const given = new Set(exchanges.map(({ newLotId }) => newLotId));
  const lots = books.lotsAsMade(memberId);
  const ownLots = new Set(lots.map(({ lotId }) => lotId));
  return {
    lots: lots.filter(({ lotId }) => !given.has(lotId)).map((lot) => ({ ...lot, expiresOn: endOf(lot) })),
    charges: withoutLosses(
      charges.filter(({ lotId }) => ownLots.has(lotId)),
      (lotId) => spentOf(work, lotId),
    ),
    // What was given back by decision is settled.
    expired: new Map(lots.map(({ lotId }) => [lotId, Math.max(0, books.amount(lotId, "EXPIRED") - restoredOf(lapses, lotId))])),
    exchanges,
    until: history.until,
  };
}

const restoredOf = (lapses: readonly LapseRecord[], lotId: string): number =>
  sumPoints(lapses.filter((lapse) => lapse.what === "restored" && lapse.newLot !== null && lapse.lotId === lotId));

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
