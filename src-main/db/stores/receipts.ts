import { and, eq, sql } from "drizzle-orm";
import type { StationDatabase } from "../open-database.ts";
import { isInForce, operation, purchase } from "../schema.ts";

export type Purchase = Pick<typeof purchase.$inferInsert, "memberId" | "receiptNumber" | "amountFen" | "earnedOn">;

export function makeReceipts({ db }: StationDatabase) {
  const find = db
    .select({ opId: purchase.opId, atMs: operation.atMs })
    .from(purchase)
    .innerJoin(operation, eq(operation.opId, purchase.opId))
    .where(and(eq(purchase.receiptNumber, sql.placeholder("receiptNumber")), isInForce))
    .prepare();
  const enter = db
    .insert(purchase)
    .values({
      opId: sql.placeholder("opId"),
      memberId: sql.placeholder("memberId"),
      receiptNumber: sql.placeholder("receiptNumber"),
      amountFen: sql.placeholder("amountFen"),
      earnedOn: sql.placeholder("earnedOn"),
      isVoided: false,
    })
    .prepare();
  const free = db
    .update(purchase)
    .set({ isVoided: true })
    .where(eq(purchase.opId, sql.placeholder("opId")))
    .prepare();
  return {
    find: (receiptNumber: string): { readonly opId: string; readonly atMs: number } | undefined => find.get({ receiptNumber }),
    enter: (opId: string, bought: Purchase): void => {
      enter.run({ opId, ...bought });
    },
    /** The award that it earned was undone: it may be entered again. */
    free: (opId: string): void => {
      free.run({ opId });
    },
  };
}
