import { and, eq, sql } from "drizzle-orm";
import type { FeedRecords } from "#shared/contracts/sync/feed.ts";
import type { JsonObject } from "#shared/std/json.ts";
import type { StationDatabase } from "../open-database.ts";
import { prepareUpsert } from "../prepare-upsert.ts";
import { isOpenHold, record } from "../schema.ts";

/** Kinds that live as documents; members, cards, the directory and the stock have tables of their own. */
export type DocumentKind = Exclude<keyof FeedRecords, "member" | "card" | "directory" | "grant" | "stockMove">;

export function makeRecords(database: StationDatabase) {
  const { db } = database;
  const upsert = prepareUpsert(database, record, record.kind, record.id);
  const find = db
    .select()
    .from(record)
    .where(and(eq(record.kind, sql.placeholder("kind")), eq(record.id, sql.placeholder("id"))))
    .prepare();
  const all = db
    .select({ doc: record.doc })
    .from(record)
    .where(eq(record.kind, sql.placeholder("kind")))
    .orderBy(record.id)
    .prepare();

  const versions = db
    .select({ id: record.id, version: record.version, doc: record.doc })
    .from(record)
    .where(eq(record.kind, sql.placeholder("kind")))
    .orderBy(record.id)
    .prepare();

  // The holds are many in time, and the few that wait are asked for at every swipe: they have an index of their own.
  const openHolds = db.select({ doc: record.doc }).from(record).where(isOpenHold).orderBy(record.id).prepare();

  // Rules, plans, card kinds and branches are asked for at every swipe and change once in a while. A kind that was written is read again.
  const lists = new Map<DocumentKind, readonly unknown[]>();
  const put = (kind: DocumentKind, id: string, doc: unknown, version: number, asOfMs: number): void => {
    lists.delete(kind);
    upsert({ kind, id, doc: JSON.stringify(doc), version, asOfMs });
  };
  return {
    find: <K extends DocumentKind>(
      kind: K,
      id: string,
    ): { readonly doc: FeedRecords[K]; readonly version: number; readonly asOfMs: number } | undefined => {
      const row = find.get({ kind, id });
      return row && { doc: JSON.parse(row.doc) as FeedRecords[K], version: row.version, asOfMs: row.asOfMs };
    },
    all: <K extends DocumentKind>(kind: K): readonly FeedRecords[K][] => {
      const listed = lists.get(kind) ?? all.all({ kind }).map(({ doc }) => JSON.parse(doc) as unknown);
      lists.set(kind, listed);
      return listed as readonly FeedRecords[K][];
    },
    /** With the versions of head office that they are. */
    versionsOf: <K extends DocumentKind>(
      kind: K,
    ): readonly { readonly id: string; readonly version: number; readonly doc: FeedRecords[K] }[] =>
      versions.all({ kind }).map(({ id, version, doc }) => ({ id, version, doc: JSON.parse(doc) as FeedRecords[K] })),
    openHolds: (): readonly FeedRecords["hold"][] => openHolds.all().map(({ doc }) => JSON.parse(doc) as FeedRecords["hold"]),
    /** After a rollback: a list may hold what was never stored. */
    forget: (): void => lists.clear(),
    put,
    /** Merges fields into the document, on top of whatever version is here. */
    patch: (kind: DocumentKind, id: string, fields: JsonObject): void => {
      const row = find.get({ kind, id });
      put(kind, id, { ...(row && (JSON.parse(row.doc) as JsonObject)), ...fields }, row?.version ?? 0, row?.asOfMs ?? 0);
    },
    remove: (kind: DocumentKind, id: string): void => {
      lists.delete(kind);
      db.delete(record)
        .where(and(eq(record.kind, kind), eq(record.id, id)))
        .run();
    },
  };
}
