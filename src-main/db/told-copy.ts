import { isFed } from "#shared/contracts/sync/feed.ts";
import { makeHashRow, type HashedRow, type HashRow, type RowKey } from "#shared/contracts/sync/row-hash.ts";
import { withoutForgotten } from "./forget-person.ts";
import { findRow } from "./shown-rows.ts";
import { sha256 } from "./sha256.ts";
import type { ToldKey } from "./stores/told-shelves.ts";
import type { Tables } from "./tables.ts";

const hashRowOf = ({ identity }: Tables): HashRow => makeHashRow(sha256, identity.require().directoryKey);

/** Notes that head office has told of a row, and its hash as it is kept here. */
export function noteTold(tables: Tables, stream: string, { kind, id, ver, doc }: HashedRow): void {
  const kept = typeof doc === "object" && doc !== null ? withoutForgotten(tables, kind, doc) : doc;
  tables.rowHashes.put({ kind, id, stream, version: ver, hash: hashRowOf(tables)({ kind, id, ver, doc: kept }) });
}

/** What stands here of a row as head office told it: beside our own edits, where there are some. */
function asTold(tables: Tables, { kind, id }: RowKey): unknown {
  if (!isFed(kind) || kind === "grant") return undefined;
  const base = tables.baseRows.find({ kind, id });
  return base ? base.told?.doc : findRow(tables, kind, id)?.doc;
}

/**
 * Whether a row that was told is here as it was told. A grant is always: it is a fact that was booked, which the check of the ledger looks at; and
 * of a kind that this version does not know nothing is kept.
 */
function isAsTold(tables: Tables, { kind, id, version: ver, hash }: ToldKey): boolean {
  if (!isFed(kind) || kind === "grant") return true;
  const doc = asTold(tables, { kind, id });
  return doc !== undefined && hashRowOf(tables)({ kind, id, ver, doc }) === hash;
}

/**
 * Compares some rows with their hashes, from one on. One that is otherwise than it was told does not count as told any more, so that the sum of its
 * stream is another than head office's and the row is fetched.
 *
 * @returns the last row that was looked at, undefined at the end; and those that were otherwise
 */
export function checkSome(
  tables: Tables,
  from: RowKey,
  limit: number,
): { readonly last: RowKey | undefined; readonly otherwise: readonly RowKey[] } {
  const rows = tables.rowHashes.after(from, limit);
  const otherwise = rows.filter((row) => !isAsTold(tables, row));
  for (const row of otherwise) tables.rowHashes.remove(row);
  return { last: rows.length < limit ? undefined : rows.at(-1), otherwise };
}
