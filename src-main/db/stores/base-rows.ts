import { and, eq, exists, sql } from "drizzle-orm";
import type { StationDatabase } from "../open-database.ts";
import { prepareUpsert } from "../prepare-upsert.ts";
import { operationState, rowBase, rowEdit } from "../schema.ts";

/** A row as head office tells it: what it holds, which version that is, and when it was made. */
export type ToldRow = { readonly doc: unknown; readonly version: number; readonly asOfMs: number };

/** Kept from before our operations, told since, or taken away since. */
type Since = "before" | "told" | "gone";
/** `told` is undefined where head office has no such row. */
type BaseRow = { readonly told: ToldRow | undefined; readonly since: Since };

type Key = { readonly kind: string; readonly id: string };

/** Head office's versions of the rows that operations of ours have changed, and which operations those are. */
export function makeBaseRows(database: StationDatabase) {
  const { db } = database;
  const isBase = and(eq(rowBase.kind, sql.placeholder("kind")), eq(rowBase.id, sql.placeholder("id")));
  const find = db.select().from(rowBase).where(isBase).prepare();
  const upsert = prepareUpsert(database, rowBase, rowBase.kind, rowBase.id);
  const remove = db.delete(rowBase).where(isBase).prepare();
  const insertEdit = db
    .insert(rowEdit)
    .values({ kind: sql.placeholder("kind"), id: sql.placeholder("id"), seq: sql.placeholder("seq") })
    .onConflictDoNothing()
    .prepare();
  // Asked of each edit, since those are few, and the operations of years are not.
  const isOfSettled = exists(
    db
      .select({ seq: operationState.seq })
      .from(operationState)
      .where(and(eq(operationState.seq, rowEdit.seq), eq(operationState.isSettled, true))),
  );
  const removeSettledEdits = db.delete(rowEdit).where(isOfSettled).prepare();
  const withSettledEdits = db
    .select({ kind: rowEdit.kind, id: rowEdit.id, refused: sql<number>`sum(${operationState.state} <> 'applied')` })
    .from(rowEdit)
    .innerJoin(operationState, eq(operationState.seq, rowEdit.seq))
    .where(eq(operationState.isSettled, true))
    .groupBy(rowEdit.kind, rowEdit.id)
    .prepare();
  return {
    find: (key: Key): BaseRow | undefined => {
      const row = find.get(key);
      if (!row) return undefined;
      const { doc, version, asOfMs, since } = row;
      return { since, told: doc === null ? undefined : { doc: JSON.parse(doc) as unknown, version, asOfMs } };
    },
    put: ({ kind, id }: Key, told: ToldRow | undefined, since: Since): void => {
      const { doc, version = 0, asOfMs = 0 } = told ?? {};
      upsert({ kind, id, doc: told ? JSON.stringify(doc) : null, version, asOfMs, since });
    },
    remove: (key: Key): void => void remove.run(key),
    noteEdit: ({ kind, id }: Key, seq: number): void => void insertEdit.run({ kind, id, seq }),
    /** Rows of which at least one edit has been settled; `refused` counts those that head office did not apply as they were. */
    withSettledEdits: () => withSettledEdits.all(),
    forgetSettledEdits: (): void => void removeSettledEdits.run(),
  };
}
