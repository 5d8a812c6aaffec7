import type { Effect } from "#shared/domain/operations/effect.ts";
import type { Operation } from "#shared/domain/operations/operation.ts";
import type { CardSpan } from "#shared/domain/cards/card-span.ts";
import type { MoveReason, StockItem, StockMove } from "./stock-move.ts";

type Moved = {
  readonly moveId: string;
  readonly branchId: string;
  readonly item: StockItem;
  readonly why: MoveReason;
  readonly pieces: number;
  readonly cards?: CardSpan | null;
  readonly otherBranchId?: string | null;
  readonly secondPerson?: string | null;
  readonly expected?: number;
};

/** The row that an operation adds to the movements of a branch. */
export function moveRow({ hlc, body }: Pick<Operation, "hlc" | "body">, moved: Moved): Effect {
  const { moveId, branchId, item, why, pieces, cards, otherBranchId = null, secondPerson = null, expected = null } = moved;
  const row: StockMove = {
    moveId,
    branchId,
    itemKind: item.kind,
    itemId: item.id,
    why,
    pieces,
    expected,
    first: cards?.first ?? null,
    last: cards?.last ?? null,
    otherBranchId,
    by: body.by,
    secondPerson,
    hlc,
    atMs: body.at,
  };
  return { kind: "putRecord", record: "stockMove", id: moveId, fields: row };
}
