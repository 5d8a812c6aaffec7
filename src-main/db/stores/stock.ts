import { and, count, desc, eq, gte, lt, lte, max, ne, sql, type SQL } from "drizzle-orm";
import type { StockItem, StockMove } from "#shared/domain/stock/stock-move.ts";
import type { StationDatabase } from "../open-database.ts";
import { prepareUpsert } from "../prepare-upsert.ts";
import { card, stockMove } from "../schema.ts";

export function makeStock(database: StationDatabase) {
  const { db } = database;
  const put = prepareUpsert(database, stockMove, stockMove.moveId);
  const ofItem = (branchId: string, { kind, id }: StockItem): SQL | undefined =>
    and(eq(stockMove.branchId, branchId), eq(stockMove.itemKind, kind), eq(stockMove.itemId, id));

  return {
    put: (move: StockMove): void => put(move),
    remove: (moveId: string): void => {
      db.delete(stockMove).where(eq(stockMove.moveId, moveId)).run();
    },
    find: (moveId: string): StockMove | undefined => db.select().from(stockMove).where(eq(stockMove.moveId, moveId)).get(),
    /** All that the fold needs: the last count and what came with it or after it. */
    sinceCount: (branchId: string, item: StockItem): readonly StockMove[] => {
      const lastCount = db
        .select({ hlc: max(stockMove.hlc) })
        .from(stockMove)
        .where(and(ofItem(branchId, item), eq(stockMove.why, "counted")))
        .get();
      return db
        .select()
        .from(stockMove)
        .where(and(ofItem(branchId, item), gte(stockMove.hlc, lastCount?.hlc ?? "")))
        .all();
    },
    /** Newest first. */
    list: (branchId: string, item: StockItem, limit: number): readonly StockMove[] =>
      db.select().from(stockMove).where(ofItem(branchId, item)).orderBy(desc(stockMove.hlc), desc(stockMove.moveId)).limit(limit).all(),
    /** Which cards came in or went out by their numbers. */
    cardMoves: (branchId: string, cardKind: string): readonly StockMove[] =>
      db
        .select()
        .from(stockMove)
        .where(and(ofItem(branchId, { kind: "card", id: cardKind }), ne(stockMove.why, "counted")))
        .all(),
    /** Between two instants, oldest first. */
    between: (branchId: string, fromMs: number, beforeMs: number): readonly StockMove[] =>
      db
        .select()
        .from(stockMove)
        .where(and(eq(stockMove.branchId, branchId), gte(stockMove.atMs, fromMs), lt(stockMove.atMs, beforeMs)))
        .orderBy(stockMove.hlc)
        .all(),
    /** Parcels sent to a branch that nobody there has taken in, oldest first. */
    onTheWayTo: (branchId: string): readonly StockMove[] =>
      db
        .select()
        .from(stockMove)
        .where(
          and(
            eq(stockMove.otherBranchId, branchId),
            eq(stockMove.why, "sent"),
            sql`NOT EXISTS (SELECT 1 FROM stock_move arrived WHERE arrived.move_id = 'arrival/' || ${stockMove.moveId})`,
          ),
        )
        .orderBy(stockMove.hlc)
        .all(),
    /** Cards of a kind that are somebody's, from one number to another. */
    boundCards: (cardKind: string, first: string, last: string): number =>
      db
        .select({ n: count() })
        .from(card)
        .where(and(eq(card.cardKind, cardKind), gte(card.cardNumber, first), lte(card.cardNumber, last)))
        .get()?.n ?? 0,
  };
}
