import type { FeedRecords } from "#shared/contracts/sync/feed.ts";
import type { ToldRow } from "./stores/base-rows.ts";
import type { DocumentKind } from "./stores/records.ts";
import type { Tables } from "./tables.ts";

/** Kinds of rows; a grant is a fact, and no row. */
export type RowKind = Exclude<keyof FeedRecords, "grant">;

/** Where rows of a kind are kept, as they are shown. */
type Shelf = {
  readonly find: (id: string) => ToldRow | undefined;
  readonly put: (id: string, row: ToldRow) => void;
  readonly remove: (id: string) => void;
};

/** Members, cards, the directory and the stock have tables of their own, which keep no version; the rest are documents. */
function shelfOf(tables: Tables, kind: RowKind): Shelf {
  const { members, cards, directory, stock, records } = tables;
  const unversioned = (doc: unknown): ToldRow | undefined => (doc === undefined ? undefined : { doc, version: 0, asOfMs: 0 });
  switch (kind) {
    case "member":
      return {
        find: (id) => unversioned(members.find(id)),
        put: (_, { doc }) => members.put(doc as FeedRecords["member"]),
        remove: members.remove,
      };
    case "card":
      return {
        find: (id) => unversioned(cards.find(id)),
        put: (_, { doc }) => cards.put(doc as FeedRecords["card"]),
        remove: cards.remove,
      };
    case "directory":
      return {
        find: (id) => unversioned(directory.find(id)),
        put: (_, { doc }) => directory.put(doc as FeedRecords["directory"]),
        remove: directory.remove,
      };
    case "stockMove":
      return {
        find: (id) => unversioned(stock.find(id)),
        put: (_, { doc }) => stock.put(doc as FeedRecords["stockMove"]),
        remove: stock.remove,
      };
    default:
      return {
        find: (id) => records.find(kind satisfies DocumentKind, id),
        put: (id, { doc, version, asOfMs }) => records.put(kind, id, doc, version, asOfMs),
        remove: (id) => records.remove(kind, id),
      };
  }
}

export const findRow = (tables: Tables, kind: RowKind, id: string): ToldRow | undefined => shelfOf(tables, kind).find(id);
export const writeRow = (tables: Tables, kind: RowKind, id: string, row: ToldRow): void => shelfOf(tables, kind).put(id, row);
export const removeRow = (tables: Tables, kind: RowKind, id: string): void => shelfOf(tables, kind).remove(id);
