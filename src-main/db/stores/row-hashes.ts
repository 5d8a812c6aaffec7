import type { ToldPlace } from "#main/app/ports/exchange-store.ts";
import { streams } from "#shared/contracts/sync/feed.ts";
import { addHashes, noRows, type RowHash, type RowKey, type RowSum } from "#shared/contracts/sync/row-hash.ts";
import type { StationDatabase } from "../open-database.ts";
import { makeDirectoryShelf, makeToldShelf, type ToldKey } from "./told-shelves.ts";

/** What head office has told of, by its hashes; and for each stream what they add up to. */
export function makeRowHashes(database: StationDatabase) {
  const directory = makeDirectoryShelf(database);
  const others = makeToldShelf(database);
  const shelfOf = ({ kind }: RowKey) => (kind === "directory" ? directory : others);

  // Read once and kept in step from then on: adding up a million rows takes longer than a customer waits, and is asked for at every exchange.
  let sums: Map<string, RowSum> | undefined;
  let isTouched = false;

  const summed = (): Map<string, RowSum> => {
    isTouched ||= sums === undefined;
    if (!sums) {
      sums = new Map(others.sums());
      for (const [stream, sum] of directory.sums()) sums.set(stream, addSums(sums.get(stream) ?? noRows, sum));
    }
    return sums;
  };
  const count = (stream: string, by: 1 | -1, hash: RowHash): void => {
    isTouched = true;
    sums?.set(stream, addSums(sums.get(stream) ?? noRows, { count: by, sum: by === 1 ? hash : -hash }));
  };

  return {
    /** The row itself is here already. */
    put: (row: ToldKey): void => {
      const before = shelfOf(row)
        .find(row)
        .find(({ stream }) => stream === row.stream);
      if (before) count(before.stream, -1, before.hash);
      shelfOf(row).put(row);
      count(row.stream, 1, row.hash);
    },
    /** Before the row itself goes: from one stream, or from all. */
    remove: (key: RowKey, from?: string): void => {
      for (const row of shelfOf(key).find(key)) {
        if (from !== undefined && row.stream !== from) continue;
        shelfOf(key).remove(row);
        count(row.stream, -1, row.hash);
      }
    },
    /** Nothing counts as told any more: another epoch of head office tells everything anew. */
    forget: (): void => {
      directory.forget();
      others.forget();
      isTouched = true;
      sums = new Map();
    },
    /** In each stream in which it was told, one row. */
    find: (key: RowKey): readonly ToldKey[] => shelfOf(key).find(key),
    sumOf: (stream: string): RowSum => summed().get(stream) ?? noRows,
    /** So many rows behind one, the directory's last: of one stream, or of all. */
    after: (place: ToldPlace, limit: number, stream?: string): readonly ToldKey[] => {
      const rows = place.kind === "directory" ? [] : others.after(place, limit, stream);
      if (rows.length === limit || (stream ?? streams.directory) !== streams.directory) return rows;
      const id = place.kind === "directory" ? place.id : "";
      return [...rows, ...directory.after({ kind: "directory", id, stream: streams.directory }, limit - rows.length)];
    },
    committed: (): void => {
      isTouched = false;
    },
    /** Sums may contain what was never stored. */
    rolledBack: (): void => {
      if (isTouched) sums = undefined;
      isTouched = false;
    },
  };
}

const addSums = (a: RowSum, b: RowSum): RowSum => ({ count: a.count + b.count, sum: addHashes(a.sum, b.sum) });
