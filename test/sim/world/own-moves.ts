import type { LedgerEntry } from "#server/app/ports/ledger-store.ts";
import type { Transaction } from "#server/app/ports/store.ts";
import { pointsExchange, pointsExpire, pointsWithdrawExchange } from "#shared/domain/expiry/ops.ts";
import { rightsCover, rightsUncover } from "#shared/domain/ledger/fence-ops.ts";
import { pointsRefund } from "#shared/domain/requests/ops.ts";
import { isUnspent, type Holder } from "#shared/domain/ledger/lots.ts";

/** By these head office changes what a member has, and no counter said so. A type that is missing here is found by the sums. */
const ownMoves: readonly string[] = [pointsExpire, pointsExchange, pointsWithdrawExchange, pointsRefund, rightsCover, rightsUncover].map(
  ({ type }) => type,
);

/** What head office by itself gave to each member, or took. */
export async function changedByItself(tx: Transaction): Promise<ReadonlyMap<string, number>> {
  const office = (await tx.audit.incarnations()).find(({ replica }) => replica === 0);
  const operations = office ? await tx.inbox.ownOfTypes(office.incarnation, ownMoves) : [];
  const entries = await tx.audit.entriesOf(operations.map(({ opId }) => opId));
  const byMember = Map.groupBy(entries, ({ memberId }) => memberId);
  return new Map([...byMember].map(([memberId, some]) => [memberId, some.reduce((sum, entry) => sum + changeOf(entry), 0)]));
}

/** Of what the member has: all that is unspent, without what is owed. */
function changeOf({ lotId, holder, amount }: LedgerEntry): number {
  if (lotId === null) return holder === "DEBT" ? -amount : 0;
  return isUnspent(holder as Holder) ? amount : 0;
}
