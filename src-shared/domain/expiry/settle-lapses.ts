import { openCharges, type Charge, type Charges } from "./charges.ts";
import type { ChargeMove } from "./lapse.ts";

/** From when until when a lot could be spent, as business dates, both included; null when it never lapses. Late news may make it later. */
export type LotSpan = { readonly lotId: string; readonly earnedOn: string; readonly expiresOn: string | null };

/** Points that were given for expired ones of `lotId`, with the chain of charges that made it right. In the order they were given. */
export type GivenExchange = {
  readonly newLotId: string;
  readonly lotId: string;
  /** The lot that was freed. */
  readonly standsFor: string;
  /** What was not taken back. */
  readonly points: number;
  readonly moves: readonly ChargeMove[];
};

/** All that ever happened to one member's points, as far as it bears on what lapses. */
export type LapseFacts = {
  /** Lots that awards made; a lot given in exchange is no more than points of the one that it stands for. */
  readonly lots: readonly LotSpan[];
  /** Charged to the lots that paid at the counter. */
  readonly charges: readonly Charge[];
  /** Points by lot that are booked as expired and for which nothing was given but exchanges. */
  readonly expired: ReadonlyMap<string, number>;
  readonly exchanges: readonly GivenExchange[];
  /** Lots whose last day is this one or an earlier one have lapsed. */
  readonly until: string;
};

export type NewExchange = Omit<GivenExchange, "newLotId"> & {
  /** The day of the spend that the freed lot had paid for. */
  readonly spentOn: string;
};

/** So many points of what is booked as expired of one lot. */
export type RevivedPoints = { readonly lotId: string; readonly points: number };

export type LapseSettlement = {
  /** Booked as expired, and their last day is not over after all: a branch that was heard late had served the member in time. */
  readonly revived: readonly RevivedPoints[];
  /** Exchanges that do not hold any more: the lot was revived, or the spend undone. */
  readonly withdrawn: readonly { readonly newLotId: string; readonly points: number }[];
  readonly given: readonly NewExchange[];
};

/**
 * Nobody loses points because of where they were held: what expires is what one ledger would have let expire that always spends the
 * earliest expiry first.
 *
 * A station spends what it holds, so a lot may lapse at head office while a branch spent one that lasts longer. Had they been in one
 * place, the spend would have taken the lot that lapsed. So the spend is charged to it after all, and the member gets as many points
 * back that last as long as those that were spent. When the spend at hand was paid by a lot that lapsed even earlier, that one is freed
 * by it for a spend of its own time, and so on: the charges are moved along the chain to the lot that lasts longest. A lot and a spend
 * fit when the spend lies in the lot's span; of one day, awards come before spends. What was spent of a lot past its last day, in good
 * faith, stays where it was charged.
 *
 * Charges never leave the spans of the lots, and there is no chain left when it returns. By the exchange property of matchings, no other
 * way to charge these spends lets fewer points expire; spending the earliest expiry first is one that reaches that least number.
 */
export function settleLapses(facts: LapseFacts): LapseSettlement {
  const standsFor = new Map(facts.exchanges.map((exchange) => [exchange.newLotId, exchange.standsFor]));
  const rootOf = (lotId: string): string => standsFor.get(lotId) ?? lotId;
  const spans = new Map(facts.lots.map((lot) => [lot.lotId, lot]));
  const charges = openCharges(
    facts.charges.map((charge) => ({ ...charge, lotId: rootOf(charge.lotId) })).filter((charge) => fits(spans.get(charge.lotId), charge)),
  );
  const lapsed = new Map<string, number>();
  const changeLapsed = (lotId: string, points: number): unknown => lapsed.set(rootOf(lotId), (lapsed.get(rootOf(lotId)) ?? 0) + points);
  for (const [lotId, points] of facts.expired) changeLapsed(lotId, points);

  const withdrawn = facts.exchanges.flatMap(({ newLotId, lotId, points, moves }) => {
    const holds = Math.min(
      points,
      Math.max(0, lapsed.get(rootOf(lotId)) ?? 0),
      ...moves.map((move) => charges.of(move.spendOpId, move.from)),
    );
    moveAll(charges, moves, holds);
    changeLapsed(lotId, -holds);
    return holds < points ? [{ newLotId, points: points - holds }] : [];
  });

  const revived: RevivedPoints[] = [];
  for (const [lotId, points] of facts.expired) {
    const root = rootOf(lotId);
    const alive = endOf(spans.get(root)) > facts.until ? Math.min(points, lapsed.get(root) ?? 0) : 0;
    if (alive <= 0) continue;
    revived.push({ lotId, points: alive });
    changeLapsed(lotId, -alive);
  }

  const given: NewExchange[] = [];
  const earliestFirst = [...lapsed.keys()].toSorted((a, b) => compareEnd(spans.get(a), spans.get(b)));
  for (const lotId of earliestFirst) {
    for (;;) {
      const left = lapsed.get(lotId) ?? 0;
      const chain = left > 0 ? chainToLatest(spans, charges, lotId, facts.until) : undefined;
      if (!chain) break;
      const points = Math.min(left, ...chain.moves.map((move) => charges.of(move.spendOpId, move.from)));
      moveAll(charges, chain.moves, points);
      changeLapsed(lotId, -points);
      const spentOn = charges.spentOn(chain.moves.at(-1)?.spendOpId ?? "");
      given.push({ lotId, standsFor: chain.standsFor, points, moves: chain.moves, spentOn });
    }
  }
  return { revived, withdrawn, given };
}

function moveAll(charges: Charges, moves: readonly ChargeMove[], points: number): void {
  for (const { spendOpId, from, to } of moves) charges.move(spendOpId, from, to, points);
}

const never = "9999-12-31";
const endOf = (lot: LotSpan | undefined): string => lot?.expiresOn ?? never;
const fits = (span: LotSpan | undefined, { spentOn }: Charge): boolean =>
  span !== undefined && span.earnedOn <= spentOn && spentOn <= endOf(span);
const compareEnd = (a: LotSpan | undefined, b: LotSpan | undefined): number => (endOf(a) < endOf(b) ? -1 : endOf(a) > endOf(b) ? 1 : 0);

/** The lot that lasts longest of those that a chain of charges leads to, the shortest chain to it; undefined when all of them lapsed. */
function chainToLatest(
  spans: ReadonlyMap<string, LotSpan>,
  charges: Charges,
  lapsedLotId: string,
  until: string,
): { readonly standsFor: string; readonly moves: readonly ChargeMove[] } | undefined {
  const cameBy = new Map<string, ChargeMove | undefined>([[lapsedLotId, undefined]]);
  const queue = [lapsedLotId];
  let latest: LotSpan | undefined;
  for (const to of queue) {
    const span = spans.get(to);
    if (!span) continue;
    for (const { spendOpId, lotIds } of charges.between(span.earnedOn, span.expiresOn)) {
      for (const from of lotIds) {
        if (cameBy.has(from)) continue;
        cameBy.set(from, { spendOpId, from, to });
        queue.push(from);
        const found = spans.get(from);
        if (found && endOf(found) > until && (!latest || endOf(found) > endOf(latest))) latest = found;
      }
    }
  }
  if (!latest) return undefined;
  const moves: ChargeMove[] = [];
  for (let move = cameBy.get(latest.lotId); move; move = cameBy.get(move.to)) moves.unshift(move);
  return { standsFor: latest.lotId, moves };
}
