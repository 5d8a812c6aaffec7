import type { Ports } from "#server/app/ports/ports.ts";
import type { Incarnation } from "#server/app/ports/station-store.ts";
import type { Transaction } from "#server/app/ports/store.ts";
import { rightsGiveBack } from "#shared/domain/ledger/fence-ops.ts";
import { hasLapsed, limboOf, rightOf } from "#shared/domain/ledger/lots.ts";
import { finishWork } from "./finish-work.ts";
import { mayHoldRights, repayFromPool, passRights, type WantedGrant } from "./follow-ups.ts";
import { headOfficeItself } from "./own-operations.ts";
import { openWork } from "./work.ts";

/**
 * Moves what a life could spend to the one that has followed it, through the pool: the same points of the same lots, as far as nobody owes
 * them and they have not lapsed. What it holds for a redemption that has not ended stays: somebody may have paid for it.
 *
 * @param next the life that goes on; when it may hold no rights, the points stay in the pool
 */
export async function passRightsOn(
  { machine, identity }: Pick<Ports, "machine" | "identity">,
  tx: Transaction,
  { incarnation }: Pick<Incarnation, "incarnation">,
  next: string,
): Promise<void> {
  const accounts = await tx.ledger.heldBy([rightOf(incarnation), limboOf(incarnation)]);
  if (accounts.length === 0) return;
  const work = await openWork(tx, machine, identity, { memberIds: accounts.map(({ memberId }) => memberId) });
  const placed = await tx.stations.placed({ branchIds: [], incarnations: [next] });
  // What an operation of that life still waits for is kept for it.
  const waited = new Set((await tx.inbox.waits(incarnation)).map(({ subject }) => subject));
  const wanted: WantedGrant[] = [];
  for (const [memberId, held] of Map.groupBy(accounts, (account) => account.memberId)) {
    const linesOf = (holder: string) =>
      held.flatMap((account) => (account.holder === holder ? [{ lotId: account.lotId, points: account.amount }] : []));
    const d = { incarnation, memberId, limbo: linesOf(limboOf(incarnation)), rights: linesOf(rightOf(incarnation)), held: [] };
    await work.own.write(rightsGiveBack, { by: headOfficeItself, d });
    await repayFromPool(work, memberId);
    const had = Map.groupBy(held, ({ lotId }) => lotId);
    const lines = work.books
      .held(memberId, "POOL")
      .filter((lot) => had.has(lot.lotId) && !hasLapsed(lot, work.today))
      .map(({ lotId, points }) => ({
        lotId,
        points: Math.min(
          points,
          (had.get(lotId) ?? []).reduce((sum, { amount }) => sum + amount, 0),
        ),
      }));
    if (lines.length > 0 && !waited.has(`member:${memberId}`)) wanted.push({ memberId, incarnation: next, lines });
  }
  const grants = placed.some(mayHoldRights) ? await passRights(work, wanted, placed) : [];
  await finishWork(work, undefined, grants);
}
