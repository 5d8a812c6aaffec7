import type { PlacedIncarnation } from "#server/app/ports/station-store.ts";
import { byExpiry, rightOf, spendEarliestExpiryFirst, sumPoints, type HeldLot, type LotLine } from "#shared/domain/ledger/lots.ts";
import { mayHoldRights, writeGrants, type WrittenGrant } from "./follow-ups.ts";
import type { Work } from "./work.ts";

export type Share = { readonly incarnation: string; readonly heldPoints: number };

/**
 * Divides what is left of a budget: half of it lies at the counters in equal shares, half waits at head office for those who use theirs up.
 * A counter is given nothing before half of its share is used, so that not every purchase sends a row; near its end a budget goes out point
 * by point.
 *
 * @returns the lots for each counter that is given some; whoever has least first
 */
export function shareBudget(
  pool: readonly HeldLot[],
  shares: readonly Share[],
): readonly { readonly incarnation: string; readonly lines: readonly LotLine[] }[] {
  const total = sumPoints(pool) + shares.reduce((sum, { heldPoints }) => sum + heldPoints, 0);
  const full = Math.ceil(total / (2 * Math.max(1, shares.length)));
  let left = pool.toSorted(byExpiry);
  const given: { incarnation: string; lines: readonly LotLine[] }[] = [];
  for (const { incarnation, heldPoints } of shares.toSorted((a, b) => a.heldPoints - b.heldPoints)) {
    if (2 * heldPoints > full || heldPoints === full) continue;
    // A budget has no last day: its lots are good on any.
    const { lines } = spendEarliestExpiryFirst(left, full - heldPoints, "");
    if (lines.length === 0) break;
    given.push({ incarnation, lines });
    const taken = new Map(lines.map(({ lotId, points }) => [lotId, points]));
    left = left.map((lot) => ({ ...lot, points: lot.points - (taken.get(lot.lotId) ?? 0) }));
  }
  return given;
}

/** Hands shares of the budgets that this transaction holds to every counter that goes on, as far as they have used theirs. */
export async function placeBudgets(work: Work): Promise<readonly WrittenGrant[]> {
  const { books, memberIds, tx } = work;
  const items = memberIds.filter((id) => books.held(id, "POOL").some(({ lotId }) => books.lot(lotId)?.kind === "benefit"));
  if (items.length === 0) return [];
  const branchIds = (await tx.records.ofKind("branch")).map(({ id }) => id);
  const counters = (await tx.stations.placed({ branchIds, incarnations: [] })).filter(mayHoldRights);
  const wanted = items.flatMap((memberId) =>
    shareBudget(books.held(memberId, "POOL"), sharesOf(work, memberId, counters)).map((share) => ({ memberId, ...share })),
  );
  return writeGrants(work, wanted, counters);
}

const sharesOf = ({ books }: Work, itemId: string, counters: readonly PlacedIncarnation[]): readonly Share[] =>
  counters.map(({ incarnation }) => ({ incarnation, heldPoints: sumPoints(books.held(itemId, rightOf(incarnation))) }));
