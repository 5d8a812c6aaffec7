import type { Transaction } from "#server/app/ports/store.ts";
import type { BranchStock } from "#shared/contracts/head-office/stock.ts";
import { branchRecord } from "#shared/domain/branches/branch.ts";
import { onHandOf } from "#shared/domain/stock/on-hand.ts";
import { stockMove } from "#shared/domain/stock/stock-move.ts";

/** What lies at each branch by its movements. Gifts only: which blank cards are left, a branch knows by their numbers. */
export async function stockOfBranches(tx: Transaction): Promise<readonly BranchStock[]> {
  const moves = (await tx.records.giftMovesSinceCount()).map(({ doc }) => stockMove.parse(doc));
  const branches = new Map((await tx.records.ofKind("branch")).map(({ id, doc }) => [id, branchRecord.parse(doc).code]));
  const items = Map.groupBy(moves, ({ branchId, itemId }) => `${branchId}/${itemId}`);
  return [...items.values()].flatMap((ofItem) => {
    const [{ branchId, itemId } = { branchId: "", itemId: "" }] = ofItem;
    const { pieces, mustBeCounted } = onHandOf(ofItem);
    return { branch: branches.get(branchId) ?? branchId, giftId: itemId, onHand: pieces, mustBeCounted };
  });
}
