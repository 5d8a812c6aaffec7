import { hasLapsed, spendEarliestExpiryFirst, type HeldLot } from "./lots.ts";

/** An account of an ended life in which an operation of that life finds too little. */
export type Shortage = { readonly lotId: string; readonly to: "RIGHT" | "HELD"; readonly points: number };

/** What other lives of the same station, which have ended too, could spend of a lot, or what was set aside of them. */
type LeftByOther = { readonly incarnation: string; readonly account: "RIGHT" | "LIMBO"; readonly points: number };

/** What head office has of a lot that an ended life moves. */
type LotStanding = {
  readonly expiresOn: string | null;
  readonly limbo: number;
  readonly leftByOthers: readonly LeftByOther[];
  readonly expired: number;
  readonly pool: number;
};

export type CoverFacts = {
  readonly shortages: readonly Shortage[];
  readonly standingOf: (lotId: string) => LotStanding;
  /** The owner's lots in head office's pool. */
  readonly pool: readonly HeldLot[];
  /** Business date of the late operation: a lot that was good on it may be charged, though it has lapsed since. */
  readonly eventDate: string;
  readonly today: string;
};

/** `of`: the other life of the station whose account it is. */
type Source = { readonly from: "LIMBO" | "EXPIRED" | "POOL" } | { readonly from: "RIGHT" | "LIMBO"; readonly of: string };
export type Cover = {
  readonly lines: readonly (Shortage & Source)[];
  readonly otherLots: readonly (Shortage & { readonly fromLotId: string })[];
  /** What nobody has any more. */
  readonly missing: readonly Shortage[];
};

/**
 * Finds the points for an operation that arrives after its life has ended: what was set aside of the same lot, what other ended lives of the
 * station left of it, what lapsed of it after the operation, the lot's pool, and at last the pool of the owner's other lots, earliest expiry
 * first.
 */
export function coverLate({ shortages, standingOf, pool, eventDate, today }: CoverFacts): Cover {
  const lines: (Shortage & Source)[] = [];
  const left = new Map<string, number>();
  const take = (key: string, available: number, wanted: number): number => {
    const rest = left.get(key) ?? available;
    const taken = Math.min(rest, wanted);
    left.set(key, rest - taken);
    return taken;
  };
  const unmet: Shortage[] = [];
  for (const { lotId, to, points } of shortages) {
    const { expiresOn, limbo, leftByOthers, expired, pool: pooled } = standingOf(lotId);
    const sources: readonly (readonly [Source, number])[] = [
      [{ from: "LIMBO" }, limbo],
      ...leftByOthers.map(({ account, incarnation, points: rest }) => [{ from: account, of: incarnation }, rest] as const),
      [{ from: "EXPIRED" }, hasLapsed({ expiresOn }, eventDate) ? 0 : expired],
      [{ from: "POOL" }, pooled],
    ];
    let wanted = points;
    for (const [source, available] of sources) {
      const account = "of" in source ? `${source.from}:${source.of}` : source.from;
      const found = take(`${account}/${lotId}`, available, wanted);
      if (found > 0) lines.push({ lotId, ...source, to, points: found });
      wanted -= found;
    }
    if (wanted > 0) unmet.push({ lotId, to, points: wanted });
  }

  const otherLots: (Shortage & { fromLotId: string })[] = [];
  const missing: Shortage[] = [];
  for (const { lotId, to, points } of unmet) {
    const others = pool
      .map((lot) => ({ ...lot, points: left.get(`POOL/${lot.lotId}`) ?? lot.points }))
      .filter((lot) => lot.lotId !== lotId);
    let wanted = points;
    for (const line of spendEarliestExpiryFirst(others, points, today).lines) {
      take(`POOL/${line.lotId}`, others.find((lot) => lot.lotId === line.lotId)?.points ?? 0, line.points);
      otherLots.push({ lotId, fromLotId: line.lotId, to, points: line.points });
      wanted -= line.points;
    }
    if (wanted > 0) missing.push({ lotId, to, points: wanted });
  }
  return { lines, otherLots, missing };
}
