/** So many points of one spend, paid from one lot. A lot stands for itself, or for the one that it was exchanged for. */
export type Charge = { readonly spendOpId: string; readonly spentOn: string; readonly lotId: string; readonly points: number };

/** Which spend is charged to which lot, in a form in which it can be moved. */
export type Charges = {
  readonly of: (spendOpId: string, lotId: string) => number;
  readonly spentOn: (spendOpId: string) => string;
  readonly move: (spendOpId: string, from: string, to: string, points: number) => void;
  /** Spends of these business dates (both included), oldest first, with the lots that pay for them. */
  readonly between: (from: string, until: string | null) => readonly { readonly spendOpId: string; readonly lotIds: readonly string[] }[];
};

export function openCharges(charges: readonly Charge[]): Charges {
  const spends = new Map<string, { readonly spentOn: string; readonly paidBy: Map<string, number> }>();
  for (const { spendOpId, spentOn, lotId, points } of charges) {
    const spend = spends.get(spendOpId) ?? { spentOn, paidBy: new Map<string, number>() };
    spend.paidBy.set(lotId, (spend.paidBy.get(lotId) ?? 0) + points);
    spends.set(spendOpId, spend);
  }
  const byDate = [...spends].toSorted(([a, { spentOn: aOn }], [b, { spentOn: bOn }]) => compare(aOn, bOn) || compare(a, b));
  const of = (spendOpId: string, lotId: string): number => spends.get(spendOpId)?.paidBy.get(lotId) ?? 0;
  return {
    of,
    spentOn: (spendOpId) => spends.get(spendOpId)?.spentOn ?? "",
    move(spendOpId, from, to, points) {
      const paidBy = spends.get(spendOpId)?.paidBy;
      paidBy?.set(from, of(spendOpId, from) - points);
      paidBy?.set(to, of(spendOpId, to) + points);
    },
    between: (from, until) =>
      byDate
        .filter(([, { spentOn }]) => from <= spentOn && (until === null || spentOn <= until))
        .map(([spendOpId, { paidBy }]) => ({ spendOpId, lotIds: [...paidBy].flatMap(([lotId, points]) => (points > 0 ? lotId : [])) })),
  };
}
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
