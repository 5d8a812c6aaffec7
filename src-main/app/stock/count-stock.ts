import type { CountInput, StockLine } from "#shared/contracts/stock.ts";
import { err, ok, type Result } from "#shared/std/result.ts";
import type { Operator } from "#shared/domain/staff/roles.ts";
import { stockCounted } from "#shared/domain/stock/ops.ts";
import { isSameIntent } from "#main/app/intent.ts";
import type { Ports } from "#main/app/ports/ports.ts";
import { requireIdentity } from "#main/app/session/identity.ts";
import { viewStock } from "./list-stock.ts";
import { lineOf, type MoveRefusal } from "./write-move.ts";

type Refusal = MoveRefusal | { code: "STOCK_CHANGED"; onHand: number } | { code: "CLOCK_IN_DOUBT" };

/** Records what was counted, against what the books said when the difference was shown. */
export const makeCountStock =
  ({ store, clock }: Ports) =>
  ({ requestId, item, counted, expected }: CountInput, by: Operator): Result<StockLine, Refusal> =>
    store.write((tx): Result<StockLine, Refusal> => {
      const earlier = tx.operations.find(requestId);
      if (earlier)
        return isSameIntent(earlier, stockCounted, { item, counted, expected }) ? ok(lineOf(tx, item)) : err({ code: "REQUEST_ID_REUSED" });
      const line = viewStock(tx, item);
      if (!line) return err({ code: "ITEM_NOT_FOUND" });
      // What comes after a count is told by the clock, and one in doubt would put other people's work before it, or after.
      if (clock.reading().doubt) return err({ code: "CLOCK_IN_DOUBT" });
      if (line.onHand !== expected) return err({ code: "STOCK_CHANGED", onHand: line.onHand });
      const d = { branchId: requireIdentity(tx).branchId, item, counted, expected };
      tx.append({ opId: requestId, type: stockCounted, by: by.staffId, d });
      return ok(lineOf(tx, item));
    });
