import { and, eq, sql } from "drizzle-orm";
import type { StationDatabase } from "../open-database.ts";
import { operation, purchase } from "../schema.ts";

export function makeReceipts({ db }: StationDatabase) {
  const find = db
    .select({ opId: purchase.opId, atMs: operation.atMs })
    .from(purchase)
    .innerJoin(operation, eq(operation.opId, purchase.opId))
    .where(and(eq(purchase.receiptNumber, sql.placeholder("receiptNumber")), eq(purchase.isVoided, false)))
    .prepare();
  return { find: (receiptNumber: string): { readonly opId: string; readonly atMs: number } | undefined => find.get({ receiptNumber }) };
}
