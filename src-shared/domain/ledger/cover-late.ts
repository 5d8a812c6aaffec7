import { hasLapsed, spendEarliestExpiryFirst, type HeldLot } from "./lots.ts";

/** An account of an ended life in which an operation of that life finds too little. */
export type Shortage = { readonly lotId: string; readonly to: "RIGHT" | "HELD"; readonly points: number };

/** What head office has of a lot that an ended life moves. */
type LotStanding = { readonly expiresOn: string | null; readonly limbo: number; readonly expired: number; readonly pool: number };

export type CoverFacts = {
  readonly shortages: readonly Shortage[];
  readonly standingOf: (lotId: string) => LotStanding;
  /** The owner's lots in head office's pool. */
  readonly pool: readonly HeldLot[];
  /** Business date of the late operation: a lot that was good on it may be charged, though it has lapsed since. */
  readonly eventDate: string;
  readonly today: string;
};

type Source = "LIMBO" | "EXPIRED" | "POOL";
export type Cover = {
  readonly lines: readonly (Shortage & { readonly from: Source })[];
  readonly otherLots: readonly (Shortage & { readonly fromLotId: string })[];
  /** What nobody has any more. */
  readonly missing: readonly Shortage[];
};

/**
 * Finds the points for an operation that arrives after its life was fenced: what was set aside of the same lot, what lapsed of it after the
 * operation, the lot's pool, and at last the pool of the owner's other lots, earliest expiry first.
 */
export function coverLate({ shortages, standingOf, pool, eventDate, today }: CoverFacts): Cover {
  const lines: (Shortage & { from: Source })[] = [];
  const left = new Map<string, number>();
  const take = (key: string, available: number, wanted: number): number => {
    const rest = left.get(key) ?? available;
    const taken = Math.min(rest, wanted);
    left.set(key, rest - taken);
    return taken;
  };
  const unmet: Shortage[] = [];
  for (const { lotId, to, points } of shortages) {
    const { expiresOn, limbo, expired, pool: pooled } = standingOf(lotId);
    const sources: readonly (readonly [Source, number])[] = [
      ["LIMBO", limbo],
      ["EXPIRED", hasLapsed({ expiresOn }, eventDate) ? 0 : expired],
      ["POOL", pooled],
    ];
    let wanted = points;
    for (const [from, available] of sources) {
      const found = take(`${from}/${lotId}`, available, wanted);
      if (found > 0) lines.push({ lotId, from, to, points: found });
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
