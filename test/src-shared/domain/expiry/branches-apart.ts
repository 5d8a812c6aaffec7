import type { Charge } from "#shared/domain/expiry/charges.ts";
import { endWithoutVisits, type Served } from "#shared/domain/expiry/inactivity.ts";
import { waitDaysMax } from "#shared/domain/expiry/plan-run.ts";
import { settleLapses, type GivenExchange } from "#shared/domain/expiry/settle-lapses.ts";
import { spendEarliestExpiryFirst, type HeldLot } from "#shared/domain/ledger/lots.ts";
import { addDays } from "#shared/domain/time/calendar.ts";
import type { GrantedLot } from "./one-ledger.ts";

const firstDay = "2026-01-01";

/** How long points last: so many days, and as long as the member comes by; null where that says nothing. */
type Lasting = { readonly validDays: number | null; readonly inactiveMonths: number | null };

type Said =
  | { readonly kind: "award"; readonly lot: GrantedLot; readonly toRight: number }
  | { readonly kind: "spend"; readonly charges: readonly Charge[] }
  | { readonly kind: "undo"; readonly spendOpId: string }
  | { readonly kind: "release"; readonly lotId: string; readonly points: number };

/**
 * One member's points at five stations and head office, which hear of each other only when they speak: no database, the same rules. A
 * station spends what it holds, earliest expiry first; head office expires what lies with it, and settles what lapsed.
 */
export function openBranchesApart() {
  let today = firstDay;
  let ids = 0;
  const newId = (): string => String((ids += 1)).padStart(8, "0");
  const stations = Array.from({ length: 5 }, () => ({ held: new Map<string, number>(), unsent: [] as Said[], heardOn: firstDay }));
  // Head office's books.
  const lots = new Map<string, GrantedLot>();
  const pool = new Map<string, number>();
  const expired = new Map<string, number>();
  const exchanges: GivenExchange[] = [];
  const served: Served[] = [];
  let charges: Charge[] = [];
  let doneUntil = "";

  const add = (to: Map<string, number>, lotId: string, points: number): unknown => to.set(lotId, (to.get(lotId) ?? 0) + points);
  const lotNamed = (lotId: string): GrantedLot => {
    const unheard = stations.flatMap(({ unsent }) => unsent).flatMap((said) => (said.kind === "award" ? said.lot : []));
    const lot = lots.get(lotId) ?? unheard.find((each) => each.lotId === lotId);
    if (!lot) throw new Error(`no lot ${lotId}`);
    return lot;
  };
  const asHeld = (of: ReadonlyMap<string, number>): readonly HeldLot[] =>
    [...of].map(([lotId, points]) => ({ ...lotNamed(lotId), points }));
  /** Head office has said so: of a lot that lapses for want of visits, a station does not know by itself. */
  const hasLapsedForGood = (lotId: string): boolean => {
    const lot = lots.get(lotId);
    return lot !== undefined && (endOf(lot) ?? "9999") <= doneUntil;
  };
  const at = (station: number) => {
    const found = stations[station];
    if (!found) throw new Error(`no station ${station}`);
    return found;
  };

  function visit(on: string): void {
    if (served.some((day) => day.on === on)) return;
    served.push({ on, opId: "" });
    served.sort((a, b) => (a.on < b.on ? -1 : 1));
  }
  const endOf = ({ inactiveMonths, ...lot }: GrantedLot): string | null =>
    inactiveMonths === undefined ? lot.expiresOn : endWithoutVisits(lot, inactiveMonths, served);

  function hear(said: Said): void {
    if (said.kind === "award") {
      visit(said.lot.earnedOn);
      lots.set(said.lot.lotId, said.lot);
      add(pool, said.lot.lotId, said.lot.points - said.toRight);
    } else if (said.kind === "spend") {
      charges.push(...said.charges);
      for (const { spentOn } of said.charges) visit(spentOn);
    } else if (said.kind === "undo") charges = charges.filter(({ spendOpId }) => spendOpId !== said.spendOpId);
    else add(pool, said.lotId, said.points);
  }

  function settle(until: string): void {
    for (;;) {
      const { revived, withdrawn, given } = settleLapses({ lots: awardedLots(), charges, expired, exchanges, until });
      for (const { lotId, points } of revived) {
        add(expired, lotId, -points);
        add(pool, lotId, points);
      }
      const taken = withdrawn.reduce((sum, { newLotId, points }) => sum + withdraw(newLotId, points), 0);
      if (taken > 0 || expireFromPool(until) > 0) continue;
      for (const exchange of given) {
        const lot = { ...lotNamed(exchange.standsFor), lotId: newId(), points: exchange.points };
        lots.set(lot.lotId, lot);
        pool.set(lot.lotId, lot.points);
        exchanges.push({ ...exchange, newLotId: lot.lotId });
      }
      if (given.length === 0) return;
    }
  }

  const awardedLots = () =>
    [...lots.values()]
      .filter(({ lotId }) => !exchanges.some(({ newLotId }) => newLotId === lotId))
      .map((lot) => ({ ...lot, expiresOn: endOf(lot) }));

  function expireFromPool(until: string): number {
    const lapsed = [...pool].filter(([lotId, points]) => points > 0 && (endOf(lotNamed(lotId)) ?? "9999") <= until);
    for (const [lotId, points] of lapsed) {
      pool.set(lotId, 0);
      add(expired, lotId, points);
    }
    return lapsed.length;
  }

  /** As far as it lies at head office, else from what it paid for: that becomes the company's loss. What a station holds comes back first. */
  function withdraw(newLotId: string, points: number): number {
    let left = points;
    for (const from of [pool, expired]) {
      const taken = Math.min(left, from.get(newLotId) ?? 0);
      add(from, newLotId, -taken);
      left -= taken;
    }
    charges = charges.map((charge) => {
      const taken = charge.lotId === newLotId ? Math.min(left, charge.points) : 0;
      left -= taken;
      return { ...charge, points: charge.points - taken };
    });
    const i = exchanges.findIndex((exchange) => exchange.newLotId === newLotId);
    const exchange = exchanges[i];
    if (exchange) exchanges[i] = { ...exchange, points: exchange.points - (points - left) };
    return points - left;
  }

  return {
    pass: (days: number): void => void (today = addDays(today, days)),
    award(station: number, points: number, { validDays, inactiveMonths }: Lasting, toRight: number): void {
      const expiresOn = validDays === null ? null : addDays(today, validDays);
      const lot = { lotId: newId(), earnedOn: today, expiresOn, points, ...(inactiveMonths !== null && { inactiveMonths }) };
      const here = Math.min(points, toRight);
      at(station).unsent.push({ kind: "award", lot, toRight: here });
      if (here > 0) add(at(station).held, lot.lotId, here);
    },
    spend(station: number, points: number): void {
      const { held, unsent } = at(station);
      const { lines } = spendEarliestExpiryFirst(asHeld(held), points, today);
      const spendOpId = newId();
      for (const line of lines) add(held, line.lotId, -line.points);
      if (lines.length > 0) unsent.push({ kind: "spend", charges: lines.map((line) => ({ ...line, spendOpId, spentOn: today })) });
    },
    /** Undoes the last spend of this station that it has not told of, or that was paid by lots that go on. */
    undo(station: number): void {
      const { held, unsent } = at(station);
      const said = unsent.findLast((each) => each.kind === "spend");
      const undone = said?.kind === "spend" ? said.charges : [];
      const spendOpId = undone[0]?.spendOpId;
      const isGone = undone.some(({ lotId }) => (lotNamed(lotId).expiresOn ?? "9999") < today);
      if (spendOpId === undefined || isGone || unsent.some((each) => each.kind === "undo" && each.spendOpId === spendOpId)) return;
      for (const line of undone) add(held, line.lotId, line.points);
      unsent.push({ kind: "undo", spendOpId });
    },
    /** A station that told of a spend and undoes it later, while its lots go on: head office may have settled by it. */
    undoHeard(station: number, pick: number): void {
      const spends = [...new Set(charges.map(({ spendOpId }) => spendOpId))];
      const spendOpId = spends[pick % Math.max(1, spends.length)];
      const undone = charges.filter((charge) => charge.spendOpId === spendOpId && charge.points > 0);
      const isGone = undone.some(({ lotId }) => (lotNamed(lotId).expiresOn ?? "9999") < today);
      if (spendOpId === undefined || isGone) return;
      for (const line of undone) add(at(station).held, line.lotId, line.points);
      charges = charges.filter((charge) => charge.spendOpId !== spendOpId);
    },
    /** The station hands over what it wrote and what lapsed with it, and fetches points of head office. */
    speak(station: number, want: number, isLeaving = false): void {
      const here = at(station);
      for (const { lotId, points, expiresOn } of asHeld(here.held)) {
        if (points === 0 || ((expiresOn ?? "9999") >= today && !hasLapsedForGood(lotId) && !isLeaving)) continue;
        here.held.set(lotId, 0);
        here.unsent.push({ kind: "release", lotId, points });
      }
      here.unsent.splice(0).forEach(hear);
      here.heardOn = today;
      const fetchable = asHeld(pool).filter(({ lotId }) => !hasLapsedForGood(lotId));
      for (const { lotId, points } of spendEarliestExpiryFirst(fetchable, want, today).lines) {
        add(pool, lotId, -points);
        add(here.held, lotId, points);
      }
    },
    /** Head office's tick: up to the last day that every station was heard past, or that is two weeks over. */
    tick(): void {
      const heardOn = stations.map((station) => station.heardOn).toSorted()[0] ?? today;
      const until = [addDays(heardOn, -1), addDays(today, -1 - waitDaysMax), doneUntil].toSorted().at(-1) ?? "";
      doneUntil = until;
      settle(until);
    },
    today: () => today,
    /** What a spend is charged to is the lot that an exchange lot stands for. */
    figures: () => ({
      lots: awardedLots(),
      charges: charges.map((charge) => ({
        ...charge,
        lotId: exchanges.find(({ newLotId }) => newLotId === charge.lotId)?.standsFor ?? charge.lotId,
      })),
      expired: [...expired.values()].reduce((sum, points) => sum + points, 0),
      exchanged: exchanges.reduce((sum, { points }) => sum + points, 0),
    }),
    stations: stations.length,
  };
}
