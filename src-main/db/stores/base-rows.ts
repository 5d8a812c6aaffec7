import { and, eq, inArray, sql } from "drizzle-orm";
import type { StationDatabase } from "../open-database.ts";
import { operationState, rowBase, rowEdit } from "../schema.ts";

/** A row as head office tells it: what it holds, which version that is, and when it was made. */
export type ToldRow = { readonly doc: unknown; readonly version: number; readonly asOfMs: number };

/** Kept from before our operations, told since, or taken away since. */
type Since = "before" | "told" | "gone";
/** `told` is undefined where head office has no such row. */
type BaseRow = { readonly told: ToldRow | undefined; readonly since: Since };

type Key = { readonly kind: string; readonly id: string };

/** Head office's versions of the rows that operations of ours have changed, and which operations those are. */
export function makeBaseRows({ db }: StationDatabase) {
  const isBase = ({ kind, id }: Key) => and(eq(rowBase.kind, kind), eq(rowBase.id, id));
  const isEdit = ({ kind, id }: Key) => and(eq(rowEdit.kind, kind), eq(rowEdit.id, id));
  const settled = db.select({ seq: operationState.seq }).from(operationState).where(eq(operationState.isSettled, true));
  const find = db
    .select()
    .from(rowBase)
    .where(and(eq(rowBase.kind, sql.placeholder("kind")), eq(rowBase.id, sql.placeholder("id"))))
    .prepare();
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
      const row = { kind, id, doc: told ? JSON.stringify(doc) : null, version, asOfMs, since };
      db.insert(rowBase)
        .values(row)
        .onConflictDoUpdate({ target: [rowBase.kind, rowBase.id], set: row })
        .run();
    },
    remove: (key: Key): void => void db.delete(rowBase).where(isBase(key)).run(),
    noteEdit: ({ kind, id }: Key, seq: number): void => void db.insert(rowEdit).values({ kind, id, seq }).onConflictDoNothing().run(),
    /** Rows of which at least one edit has been settled; `refused` counts those that head office did not apply as they were. */
    withSettledEdits: () => withSettledEdits.all(),
    forgetSettledEdits: (key: Key): void =>
      void db
        .delete(rowEdit)
        .where(and(isEdit(key), inArray(rowEdit.seq, settled)))
        .run(),
  };
}
