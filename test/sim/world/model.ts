import type { LoggedOperation } from "#main/app/ports/store.ts";

type Line = { readonly lotId: string; readonly points: number };
/** `held` waits for the word of a terminal: nobody else spends it, and it is still the member's. */
type Lot = { readonly memberId: string; readonly points: number; spent: number; held: number; voided: number; takenBack: number };
type Data = {
  readonly memberId: string;
  readonly points: number;
  readonly undoes: string;
  readonly fromRight: number;
  readonly lines: readonly Line[];
  readonly outcome: { readonly kind: "lot" | "proposal" };
  readonly budget?: { readonly lines: readonly Line[] };
};

type Spending = { readonly spent: number; readonly held: number };

/** What an operation does with so many points of a lot that it names. */
function spendingOf(type: string, points: number): Spending {
  switch (type) {
    case "points.redeem":
      return { spent: points, held: 0 };
    case "points.hold":
      return { spent: 0, held: points };
    case "points.confirm":
      return { spent: points, held: -points };
    case "points.cancel":
      return { spent: 0, held: -points };
    case "points.void_redeem":
      return { spent: -points, held: 0 };
    default:
      throw new Error(`the model does not know ${type}`);
  }
}

/**
 * What the whole company would know if nobody were ever cut off: a plain map of awards and spends, kept as each counter says yes. It
 * knows nothing of rights, pools or feeds, so it cannot be wrong in the same way.
 */
export class Model {
  readonly lots = new Map<string, Lot>();
  readonly proposals = new Map<string, Lot>();
  /** By lot, what the counters gave from the budgets of campaigns, without what they undid. */
  readonly givenFromBudget = new Map<string, number>();
  /** Which stations moved points of a member. */
  readonly movedBy = new Map<string, Set<number>>();
  /** Operations that a counter said yes to. */
  readonly acknowledged = new Set<string>();
  /** Lots that head office itself opened: no counter said so, and they count for nobody here. */
  readonly #given = new Map<string, Lot>();
  /** Of which lots so much may be spent twice, because somebody gave back what a branch could spend that was alive. */
  #atRisk: ReadonlyMap<string, number> = new Map();
  readonly #noted = new Map<string, { readonly replica: number; readonly op: LoggedOperation }>();

  /**
   * @param isAcknowledged not of one that was stored, and the power went before anybody was told
   * @throws when the same points were spent twice, whichever counters did it
   */
  note(replica: number, op: LoggedOperation, isAcknowledged: boolean): void {
    if (isAcknowledged) this.acknowledged.add(op.opId);
    if (this.#noted.has(op.opId)) return;
    this.#noted.set(op.opId, { replica, op });
    this.#add(replica, op);
  }

  /**
   * Head office has these lots: one that no counter granted is its own.
   *
   * @param givenBack of which lots it gave back how much that a branch could spend which it took for dead
   */
  learn(
    lots: readonly { readonly lotId: string; readonly memberId: string; readonly points: number }[],
    givenBack: ReadonlyMap<string, number>,
  ): void {
    this.#atRisk = givenBack;
    for (const { lotId, memberId, points } of lots) {
      if (this.lots.has(lotId) || this.proposals.has(lotId) || this.#given.has(lotId)) continue;
      this.#given.set(lotId, { memberId, points, spent: 0, held: 0, voided: 0, takenBack: 0 });
    }
  }

  /** What a station did, as far as it was noted. */
  notedOf(replica: number): readonly string[] {
    return [...this.#noted].flatMap(([opId, noted]) => (noted.replica === replica ? opId : []));
  }

  /** A disk died with these, and there was no second copy: the world goes on as if they had not been. */
  forget(opIds: readonly string[]): void {
    for (const opId of opIds) {
      this.acknowledged.delete(opId);
      this.#noted.delete(opId);
    }
    for (const map of [this.lots, this.proposals, this.movedBy, this.givenFromBudget]) map.clear();
    for (const lot of this.#given.values()) lot.spent = lot.held = 0;
    for (const { replica, op } of this.#noted.values()) this.#add(replica, op);
  }

  #add(replica: number, op: LoggedOperation): void {
    if (!op.type.startsWith("points.")) return;
    const d = op.body.d as Data;
    this.movedBy.set(d.memberId, (this.movedBy.get(d.memberId) ?? new Set()).add(replica));
    for (const { lotId, points } of d.budget?.lines ?? []) {
      const change = op.type === "points.award" ? points : -points;
      this.givenFromBudget.set(lotId, (this.givenFromBudget.get(lotId) ?? 0) + change);
    }
    if (op.type === "points.award") {
      const lot: Lot = { memberId: d.memberId, points: d.points, spent: 0, held: 0, voided: 0, takenBack: 0 };
      (d.outcome.kind === "lot" ? this.lots : this.proposals).set(op.opId, lot);
    } else if (op.type === "points.void_award") {
      const lot = this.#lot(d.undoes);
      lot.voided += d.points;
      lot.takenBack += d.fromRight;
      if (lot.voided > lot.points) throw new Error(`award ${d.undoes} was undone twice`);
    } else {
      for (const { lotId, points } of d.lines) this.#move(lotId, spendingOf(op.type, points));
    }
  }

  #move(lotId: string, { spent, held }: Spending): void {
    const lot = this.#lot(lotId);
    lot.spent += spent;
    lot.held += held;
    if (lot.spent < 0 || lot.held < 0) throw new Error(`more of lot ${lotId} was given back than was spent`);
    if (lot.spent + lot.held + lot.takenBack > this.most(lotId)) throw new Error(`points of lot ${lotId} were spent twice`);
  }

  #lot(lotId: string): Lot {
    const lot = this.lots.get(lotId) ?? this.proposals.get(lotId) ?? this.#given.get(lotId);
    if (!lot) throw new Error(`nobody ever granted lot ${lotId}`);
    return lot;
  }

  /** That may ever be spent and taken back of a lot: what is in it, and what was given back at a risk. */
  most(lotId: string): number {
    return this.#lot(lotId).points + (this.#atRisk.get(lotId) ?? 0);
  }

  /** Whether a counter took something of it back; an award that no counter wrote is undone by none. */
  isVoided(lotId: string): boolean {
    const lot = this.lots.get(lotId) ?? this.proposals.get(lotId) ?? this.#given.get(lotId);
    return lot !== undefined && lot.voided > 0;
  }

  lot(lotId: string): Readonly<Lot> {
    return this.#lot(lotId);
  }

  /** @param approved proposals that head office approved */
  balances(approved: ReadonlySet<string>): ReadonlyMap<string, number> {
    const sums = new Map<string, number>();
    const counted = [...this.lots, ...[...this.proposals].filter(([proposalId]) => approved.has(proposalId))];
    for (const [, { memberId, points, spent, voided }] of counted) sums.set(memberId, (sums.get(memberId) ?? 0) + points - spent - voided);
    // Head office says itself what it gave, not what became of it.
    for (const { memberId, spent } of this.#given.values()) sums.set(memberId, (sums.get(memberId) ?? 0) - spent);
    return sums;
  }
}
