import type { StockMoveView } from "#shared/contracts/stock.ts";
import type { StockItem } from "#shared/domain/stock/stock-move.ts";
import { branchName } from "#main/app/members/member-view.ts";
import type { Ports } from "#main/app/ports/ports.ts";
import { requireIdentity } from "#main/app/session/identity.ts";
import { staffName } from "./list-stock.ts";

const shownMax = 200;

/** Who moved what, when and why, newest first. Cards that members got stand in the journal, with the members. */
export const makeListStockMoves =
  ({ store }: Ports) =>
  ({ item }: { item: StockItem }): StockMoveView[] =>
    store.read((view) =>
      view.stock
        .list(requireIdentity(view).branchId, item, shownMax)
        .map(({ moveId, atMs, why, pieces, expected, by, secondPerson, otherBranchId, first, last }) => ({
          moveId,
          atMs,
          why,
          pieces,
          expected,
          by: staffName(view, by),
          secondPerson: secondPerson === null ? null : staffName(view, secondPerson),
          otherBranch: otherBranchId === null ? null : branchName(view, otherBranchId),
          cards: first === null || last === null ? null : { firstLast4: first.slice(-4), lastLast4: last.slice(-4) },
        })),
    );

/** Where gifts can be sent: every branch but this one. */
export const makeListOtherBranches =
  ({ store }: Ports) =>
  (): { branchId: string; name: string }[] =>
    store.read((view) =>
      view.branches
        .all()
        .filter(({ branchId }) => branchId !== requireIdentity(view).branchId)
        .map(({ branchId, name }) => ({ branchId, name })),
    );
