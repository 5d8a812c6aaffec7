import type { StockLine } from "#shared/contracts/stock.ts";
import { err, ok, type Result } from "#shared/std/result.ts";
import type { Operator } from "#shared/domain/staff/roles.ts";
import { stockMoved } from "#shared/domain/stock/ops.ts";
import type { StockItem } from "#shared/domain/stock/stock-move.ts";
import { isSameIntent } from "#main/app/intent.ts";
import type { Reading, Writing } from "#main/app/ports/store.ts";
import { requireIdentity } from "#main/app/session/identity.ts";
import { viewStock } from "./list-stock.ts";
import type { z } from "zod";

type Moved = Omit<z.infer<typeof stockMoved.data>, "branchId">;
export type MoveRefusal = { code: "ITEM_NOT_FOUND" } | { code: "REQUEST_ID_REUSED" };

/** Writes one movement of this branch's stock, or answers as before when the intent was written already. */
export function writeMove(tx: Writing, requestId: string, by: Operator, moved: Moved): Result<StockLine, MoveRefusal> {
  const earlier = tx.operations.find(requestId);
  if (earlier && !isSameIntent(earlier, stockMoved, moved)) return err({ code: "REQUEST_ID_REUSED" });
  if (!viewStock(tx, moved.item)) return err({ code: "ITEM_NOT_FOUND" });
  if (!earlier) tx.append({ opId: requestId, type: stockMoved, by: by.staffId, d: { branchId: requireIdentity(tx).branchId, ...moved } });
  return ok(lineOf(tx, moved.item));
}

/** The line of an item that is known here. */
export function lineOf(view: Reading, item: StockItem): StockLine {
  const line = viewStock(view, item);
  if (!line) throw new Error("the item of this movement is not known here");
  return line;
}
