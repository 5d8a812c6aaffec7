import { addHashes, noRows, type RowHash, type RowKey, type RowSum } from "#shared/contracts/sync/row-hash.ts";
import type { StationDatabase } from "../open-database.ts";
import { prepareAdd, prepareUpsert } from "../prepare-upsert.ts";
import { rowHash } from "../schema.ts";

export type ToldKey = RowKey & { readonly stream: string; readonly version: number; readonly hash: RowHash };

/** As the statements below answer: every whole number is a `bigint`. */
type Answered = RowKey & { readonly stream: string; readonly version: bigint; readonly hash: bigint };
const fromAnswer = ({ version, hash, ...row }: Answered): ToldKey => ({ ...row, version: Number(version), hash: BigInt.asUintN(64, hash) });

/** What head office has told of, by its hashes; and for each stream what they add up to. */
export function makeRowHashes(database: StationDatabase) {
  const { db, sqlite } = database;
  const add = prepareAdd(database, rowHash);
  const upsert = prepareUpsert(database, rowHash, rowHash.kind, rowHash.id);
  const find = sqlite.prepare<[string, string], Answered>("SELECT * FROM row_hash WHERE kind = ? AND id = ?").safeIntegers();
  const drop = sqlite.prepare("DELETE FROM row_hash WHERE kind = ? AND id = ?");
  const after = sqlite
    .prepare<[string, string, number], Answered>("SELECT * FROM row_hash WHERE (kind, id) > (?, ?) ORDER BY kind, id LIMIT ?")
    .safeIntegers();
  // In halves, since SQLite refuses a sum of more than eight bytes.
  const add32 = sqlite
    .prepare<[], { stream: string; count: bigint; high: bigint; low: bigint }>(
      "SELECT stream, count(*) AS count, sum(hash >> 32) AS high, sum(hash & 4294967295) AS low FROM row_hash GROUP BY stream",
    )
    .safeIntegers();

  // Read once and kept in step from then on: adding up a million rows takes longer than a customer waits, and is asked for at every exchange.
  let sums: Map<string, RowSum> | undefined;
  let isTouched = false;

  const summed = (): Map<string, RowSum> => {
    isTouched ||= sums === undefined;
    sums ??= new Map(
      add32.all().map(({ stream, count, high, low }) => [stream, { count: Number(count), sum: BigInt.asUintN(64, (high << 32n) + low) }]),
    );
    return sums;
  };
  const count = (stream: string, by: 1 | -1, hash: RowHash): void => {
    isTouched = true;
    if (!sums) return;
    const before = sums.get(stream) ?? noRows;
    sums.set(stream, { count: before.count + by, sum: addHashes(before.sum, by === 1 ? hash : -hash) });
  };
  const findRow = ({ kind, id }: RowKey): ToldKey | undefined => {
    const row = find.get(kind, id);
    return row && fromAnswer(row);
  };

  return {
    put: (row: ToldKey): void => {
      const stored = { ...row, hash: BigInt.asIntN(64, row.hash) };
      if (!add(stored)) {
        const before = findRow(row);
        if (before) count(before.stream, -1, before.hash);
        upsert(stored);
      }
      count(row.stream, 1, row.hash);
    },
    remove: (key: RowKey): void => {
      const row = findRow(key);
      if (!row) return;
      drop.run(key.kind, key.id);
      count(row.stream, -1, row.hash);
    },
    /** Nothing counts as told any more: another epoch of head office tells everything anew. */
    forget: (): void => {
      db.delete(rowHash).run();
      isTouched = true;
      sums = new Map();
    },
    sumOf: (stream: string): RowSum => summed().get(stream) ?? noRows,
    /** So many rows behind one, by kind and id, of all streams. */
    after: (key: RowKey, limit: number): readonly ToldKey[] => after.all(key.kind, key.id, limit).map(fromAnswer),
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
