import type { JudgedOperation } from "#server/app/ports/inbox.ts";
import type { LedgerEntry } from "#server/app/ports/ledger-store.ts";
import type { Transaction } from "#server/app/ports/store.ts";
import { pointsExchange, pointsExpire, pointsRevive, pointsWithdrawExchange } from "#shared/domain/expiry/ops.ts";
import { rightsCover, rightsGiveBack, rightsUncover } from "#shared/domain/ledger/fence-ops.ts";
import { purchaseAward } from "#shared/domain/earning/kept-purchase-ops.ts";
import { pointsReverseRest, pointsVoidAward } from "#shared/domain/earning/ops.ts";
import { dataOf } from "#shared/domain/operations/declare.ts";
import { readBytes } from "#shared/domain/operations/read-bytes.ts";
import { pointsVoidRedeem } from "#shared/domain/redemption/ops.ts";
import { pointsRefund } from "#shared/domain/requests/ops.ts";
import { pointsUndoAward, pointsUndoRedeem } from "#shared/domain/requests/undo-ops.ts";
import { isUnspent, type Holder } from "#shared/domain/ledger/lots.ts";

/** By these head office changes what a member has, and no counter said so. A type that is missing here is found by the sums. */
const ownMoves: readonly string[] = [
  pointsExpire,
  pointsRevive,
  pointsExchange,
  pointsWithdrawExchange,
  pointsRefund,
  rightsCover,
  rightsUncover,
  purchaseAward,
].map(({ type }) => type);

/** What it undid in the place of a counter that was taken for dead. */
const undoings: readonly string[] = [pointsUndoAward, pointsUndoRedeem].map(({ type }) => type);

/** Entries that their own counter undid too, unheard, and without effect since head office had done it: both say so, and it counts once. */
function undoneTwice(inbox: readonly JudgedOperation[]): ReadonlySet<string> {
  const late = inbox.filter(({ code }) => code === "UNDONE_BEFORE");
  return new Set(late.flatMap((op) => undoneBy(op) ?? []));
}

function undoneBy(op: JudgedOperation): string | undefined {
  const read = readBytes(op, op);
  if (!read.ok) return undefined;
  const voiding = [pointsVoidAward, pointsVoidRedeem, pointsUndoAward, pointsUndoRedeem].flatMap((type) => {
    const d: { readonly undoes: string } | undefined = dataOf<{ readonly undoes: string }>(read.value, type);
    return d ?? [];
  });
  return voiding[0]?.undoes;
}

const written = async (tx: Transaction, types: readonly string[]): Promise<readonly JudgedOperation[]> => {
  const office = (await tx.audit.incarnations()).find(({ replica }) => replica === 0);
  return office ? tx.inbox.ownOfTypes(office.incarnation, types) : [];
};

/**
 * By lot, what was given back: of lives that were taken for dead, so that it may be spent twice, of a redemption that head office undid in
 * the place of one, and of a purchase that was refunded before its counter undid all of it.
 */
export async function givenBack(tx: Transaction): Promise<ReadonlyMap<string, number>> {
  const given = new Map<string, number>();
  for (const op of await written(tx, [rightsGiveBack.type, pointsReverseRest.type, pointsUndoRedeem.type])) {
    const read = readBytes(op, op);
    if (!read.ok) continue;
    const life = dataOf(read.value, rightsGiveBack);
    const rest = dataOf(read.value, pointsReverseRest);
    const undone = dataOf(read.value, pointsUndoRedeem);
    const lines = life ? [...life.limbo, ...life.rights, ...life.held] : [...(undone?.lines ?? [])];
    if (rest?.givenBack !== undefined) lines.push({ lotId: rest.lotId, points: rest.givenBack });
    for (const { lotId, points } of lines) given.set(lotId, (given.get(lotId) ?? 0) + points);
  }
  return given;
}

/** What head office by itself gave to each member, or took. @param inbox all that stations wrote */
export async function changedByItself(tx: Transaction, inbox: readonly JudgedOperation[]): Promise<ReadonlyMap<string, number>> {
  const twice = undoneTwice(inbox);
  const undone = (await written(tx, undoings)).filter((op) => !twice.has(undoneBy(op) ?? ""));
  const operations = [...(await written(tx, ownMoves)), ...undone];
  const entries = await tx.audit.entriesOf(operations.map(({ opId }) => opId));
  const byMember = Map.groupBy(entries, ({ memberId }) => memberId);
  return new Map([...byMember].map(([memberId, some]) => [memberId, some.reduce((sum, entry) => sum + changeOf(entry), 0)]));
}

/** Of what the member has: all that is unspent, without what is owed. */
function changeOf({ lotId, holder, amount }: LedgerEntry): number {
  if (lotId === null) return holder === "DEBT" ? -amount : 0;
  return isUnspent(holder as Holder) ? amount : 0;
}

/** By lot, what head office gave back to the budgets of campaigns, because goods came back or in the place of a counter taken for dead. */
export async function returnedToBudgets(tx: Transaction): Promise<ReadonlyMap<string, number>> {
  const returned = new Map<string, number>();
  for (const op of await written(tx, [pointsRefund.type, pointsUndoAward.type])) {
    const read = readBytes(op, op);
    const use = read.ok ? (dataOf(read.value, pointsRefund) ?? dataOf(read.value, pointsUndoAward))?.budget : undefined;
    for (const { lotId, points } of use?.lines ?? []) returned.set(lotId, (returned.get(lotId) ?? 0) + points);
  }
  return returned;
}
