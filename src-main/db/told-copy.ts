import type { Mended, ToldPlace } from "#main/app/ports/exchange-store.ts";
import { isFed } from "#shared/contracts/sync/feed.ts";
import { makeHashRow, type HashedRow, type HashRow, type RowHash, type RowKey } from "#shared/contracts/sync/row-hash.ts";
import { withoutForgotten } from "./forget-person.ts";
import { findRow } from "./shown-rows.ts";
import { sha256 } from "./sha256.ts";
import type { ToldKey } from "./stores/told-shelves.ts";
import type { Tables } from "./tables.ts";

const rowsAtOnce = 1_000;

const hashRowOf = ({ identity }: Tables): HashRow => makeHashRow(sha256, identity.require().directoryKey);

export function mendedOf(meta: Tables["meta"]): Mended | undefined {
  const text = meta.text("mended");
  return text === undefined ? undefined : (JSON.parse(text) as Mended);
}

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
 * The hash of what stands here of a row that was told; undefined where nothing does. Of a grant it is always the one it was told with: that is a fact
 * that was booked, which the check of the ledger looks at. Of a kind that this version does not know nothing is kept.
 */
function hashHere(tables: Tables, { kind, id, version: ver, hash }: ToldKey): RowHash | undefined {
  if (!isFed(kind) || kind === "grant") return hash;
  const doc = readable(() => asTold(tables, { kind, id }));
  return doc === undefined ? undefined : hashRowOf(tables)({ kind, id, ver, doc });
}

/** What is no document any more is here, and is otherwise than anything that was ever told. */
function readable(read: () => unknown): unknown {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof SyntaxError) return null;
    throw cause;
  }
}

/** Whether a newer version stands here already, from another stream: this one is about to tell it, too. */
const isOvertaken = ({ rowHashes }: Tables, row: ToldKey): boolean => rowHashes.find(row).some(({ version }) => version > row.version);

/** The rows behind one, up to a number of them, and of those that are otherwise than they were told the hash of what is here. */
function lookOver(tables: Tables, from: ToldPlace, limit: number) {
  const rows = tables.rowHashes.after(from, limit);
  const otherwise = rows.flatMap((row) => {
    const now = hashHere(tables, row);
    return now === row.hash || isOvertaken(tables, row) ? [] : [{ row, now }];
  });
  return { last: rows.length < limit ? undefined : rows.at(-1), otherwise };
}

/**
 * Compares some rows with their hashes, from one on. One that is otherwise than it was told counts as what it is from then on: so the sum of its stream
 * is another than head office's, which is asked and says how the row is, or that there is none any more.
 *
 * @returns the last row that was looked at, undefined at the end; and those that were otherwise
 */
export function checkSome(
  tables: Tables,
  from: ToldPlace,
  limit: number,
): { readonly last: ToldPlace | undefined; readonly otherwise: readonly RowKey[] } {
  const { last, otherwise } = lookOver(tables, from, limit);
  for (const { row, now } of otherwise) {
    if (now === undefined) tables.rowHashes.remove(row, row.stream);
    else tables.rowHashes.put({ ...row, hash: now });
  }
  return { last, otherwise: otherwise.map(({ row }) => row) };
}

/** All rows that are otherwise than head office told them; nothing is written. */
export function rowsOtherwise(tables: Tables): readonly RowKey[] {
  const found: RowKey[] = [];
  for (let from: ToldPlace | undefined = { kind: "", id: "", stream: "" }; from;) {
    const { last, otherwise }: ReturnType<typeof lookOver> = lookOver(tables, from, rowsAtOnce);
    found.push(...otherwise.map(({ row }) => row));
    from = last;
  }
  return found;
}
