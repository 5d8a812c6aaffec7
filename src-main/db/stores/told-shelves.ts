import type { ToldPlace } from "#main/app/ports/exchange-store.ts";
import { streams } from "#shared/contracts/sync/feed.ts";
import type { RowHash, RowKey, RowSum } from "#shared/contracts/sync/row-hash.ts";
import type { StationDatabase } from "../open-database.ts";
import { prepareUpsert } from "../prepare-upsert.ts";
import { rowHash } from "../schema.ts";

export type ToldKey = ToldPlace & { readonly version: number; readonly hash: RowHash };

/** Where it is noted of rows that they were told, and by which hashes. */
export type ToldShelf = {
  /** In every stream in which a row was told. */
  readonly find: (key: RowKey) => readonly ToldKey[];
  readonly put: (row: ToldKey) => void;
  readonly remove: (place: ToldPlace) => void;
  readonly forget: () => void;
  /** So many rows behind one, by kind, id and stream: of one stream, or of all. */
  readonly after: (place: ToldPlace, limit: number, stream?: string) => readonly ToldKey[];
  /** By stream what the rows add up to. */
  readonly sums: () => ReadonlyMap<string, RowSum>;
};

/** As the statements below answer: every whole number is a `bigint`. */
type Answered = ToldPlace & { readonly version: bigint; readonly hash: bigint };
const fromAnswer = ({ version, hash, ...row }: Answered): ToldKey => ({ ...row, version: Number(version), hash: BigInt.asUintN(64, hash) });
const signed = (hash: RowHash): bigint => BigInt.asIntN(64, hash);

/** In halves, since SQLite refuses a sum of more than eight bytes. */
const addedUp = "count(hash) AS count, coalesce(sum(hash >> 32), 0) AS high, coalesce(sum(hash & 4294967295), 0) AS low";
type AddedUp = { readonly stream: string; readonly count: bigint; readonly high: bigint; readonly low: bigint };
const toSums = (added: readonly AddedUp[]): ReadonlyMap<string, RowSum> =>
  new Map(added.map(({ stream, count, high, low }) => [stream, { count: Number(count), sum: BigInt.asUintN(64, (high << 32n) + low) }]));

/** Of all rows but the directory's. */
export function makeToldShelf(database: StationDatabase): ToldShelf {
  const { db, sqlite } = database;
  const put = prepareUpsert(database, rowHash, rowHash.kind, rowHash.id, rowHash.stream);
  const find = sqlite.prepare<[string, string], Answered>("SELECT * FROM row_hash WHERE kind = ? AND id = ?").safeIntegers();
  const remove = sqlite.prepare("DELETE FROM row_hash WHERE kind = ? AND id = ? AND stream = ?");
  const after = sqlite
    .prepare<ToldPlace & { limit: number; only: string | null }, Answered>(
      `SELECT * FROM row_hash WHERE (kind, id, stream) > (:kind, :id, :stream) AND stream = coalesce(:only, stream)
       ORDER BY kind, id, stream LIMIT :limit`,
    )
    .safeIntegers();
  const sums = sqlite.prepare<[], AddedUp>(`SELECT stream, ${addedUp} FROM row_hash GROUP BY stream`).safeIntegers();
  return {
    find: ({ kind, id }) => find.all(kind, id).map(fromAnswer),
    put: (row) => put({ ...row, hash: signed(row.hash) }),
    remove: ({ kind, id, stream }) => void remove.run(kind, id, stream),
    forget: () => void db.delete(rowHash).run(),
    after: ({ kind, id, stream }, limit, only) => after.all({ kind, id, stream, limit, only: only ?? null }).map(fromAnswer),
    sums: () => toSums(sums.all()),
  };
}

/** Of the directory's rows: with them, since they are as many as the company has members, and come as one file. */
export function makeDirectoryShelf({ sqlite }: StationDatabase): ToldShelf {
  const columns = `'directory' AS kind, member_id AS id, '${streams.directory}' AS stream, version, hash`;
  const find = sqlite
    .prepare<[string], Answered>(`SELECT ${columns} FROM directory WHERE member_id = ? AND hash IS NOT NULL`)
    .safeIntegers();
  const note = sqlite.prepare("UPDATE directory SET version = ?, hash = ? WHERE member_id = ?");
  const forget = sqlite.prepare("UPDATE directory SET version = NULL, hash = NULL WHERE hash IS NOT NULL");
  const after = sqlite
    .prepare<[string, number], Answered>(
      // By the members' ids: the plus keeps SQLite from going by the hashes.
      `SELECT ${columns} FROM directory WHERE member_id > ? AND +hash IS NOT NULL ORDER BY member_id LIMIT ?`,
    )
    .safeIntegers();
  const sums = sqlite.prepare<[], AddedUp>(`SELECT '${streams.directory}' AS stream, ${addedUp} FROM directory`).safeIntegers();
  return {
    find: ({ id }) => find.all(id).map(fromAnswer),
    put: ({ id, version, hash }) => void note.run(version, signed(hash), id),
    remove: ({ id }) => void note.run(null, null, id),
    forget: () => void forget.run(),
    after: ({ id }, limit) => after.all(id, limit).map(fromAnswer),
    sums: () => toSums(sums.all()),
  };
}
