import Database from "better-sqlite3";
import { feedRecords, streams, type FeedKind } from "#shared/contracts/sync/feed.ts";
import { releaseSettled } from "../edited-rows.ts";
import { deleteRow, putRow } from "../feed-rows.ts";
import { withoutForgotten } from "../forget-person.ts";
import { openDatabase, type StationDatabase } from "../open-database.ts";
import { makeTables, type Touched } from "../tables.ts";
import { unlock } from "../unlock.ts";
import { noteTold } from "../told-copy.ts";
import type { SnapshotRow } from "./build-file.ts";
import { attachOld, carriedTables, copyNumbersGiven, copyRows } from "./carried-tables.ts";

type Draft = { readonly draft: string; readonly file: string; readonly key: Uint8Array; readonly migrationsFolder: string };
type Changes = ReadonlyMap<string, readonly number[]>;

/** Brings a draft up to what the old file is now, and to what the snapshot tells beside the directory. Nobody writes the old file meanwhile. */
export function bringUpToDate(places: Draft, changed: Changes, told: StreamTold): void {
  copyChanges(places, changed);
  const draft = openDatabase(places.draft, places.key, places.migrationsFolder);
  try {
    hearStream(draft, told);
  } finally {
    draft.sqlite.close();
  }
}

/** Copies what was written since the draft was built. First all of it is taken away, so that no two rows meet that were never there together. */
function copyChanges({ draft, file, key }: Draft, changed: Changes): void {
  const sqlite = new Database(draft, { fileMustExist: true });
  try {
    unlock(sqlite, key);
    sqlite.pragma("foreign_keys = OFF");
    attachOld(sqlite, file, key);
    const tables = carriedTables(sqlite, "main").flatMap((table) => {
      const rows = changed.get(table.name);
      return rows ? { table, rows: JSON.stringify(rows) } : [];
    });
    const written = "WHERE rowid IN (SELECT value FROM json_each(?))";
    sqlite.exec("BEGIN");
    for (const { table, rows } of tables) sqlite.prepare(`DELETE FROM main."${table.name}" ${written}`).run(rows);
    for (const { table, rows } of tables) sqlite.prepare(copyRows(table, written)).run(rows);
    sqlite.exec(copyNumbersGiven);
    sqlite.exec("COMMIT");
  } finally {
    sqlite.close();
  }
}

/** The only kind beside the directory that the stream carries. */
const toldKind = "alias" satisfies FeedKind;

type StreamTold = { readonly gseq: number; readonly rows: readonly SnapshotRow[]; readonly madeAtMs: number };

/** Tells a draft what the stream says beside the directory, and takes out again who was forgotten while the snapshot was on its way. */
function hearStream(draft: StationDatabase, { gseq, rows, madeAtMs }: StreamTold): void {
  const tables = makeTables(draft);
  const touched = nothingTouched();
  const { cursors, operations, records, erasures, directory, rowHashes } = tables;
  const told = rows.filter(({ kind }) => kind === toldKind);
  const names = new Set(told.map(({ id }) => id));
  draft.sqlite.exec("BEGIN IMMEDIATE");
  // As with a page of the feed, first the cursor: what it settles is in these rows.
  cursors.move(streams.directory, gseq);
  operations.settleUpTo(streams.directory, gseq);
  releaseSettled(tables, touched);
  for (const { memberId } of records.all(toldKind)) {
    if (names.has(memberId)) continue;
    rowHashes.remove({ kind: toldKind, id: memberId });
    deleteRow(tables, touched, toldKind, memberId);
  }
  for (const { id, doc: text, version } of told) {
    const doc = feedRecords[toldKind].parse(JSON.parse(text));
    putRow(tables, touched, toldKind, id, doc, version, madeAtMs);
    noteTold(tables, streams.directory, { kind: toldKind, id, ver: version, doc });
  }
  for (const { memberId } of erasures.all()) {
    const known = directory.find(memberId);
    if (!known) continue;
    directory.put(withoutForgotten(tables, "directory", known));
    // Head office tells of it anew, as it stands here now.
    rowHashes.remove({ kind: "directory", id: memberId });
  }
  draft.sqlite.exec("COMMIT");
}

const nothingTouched = (): Touched => ({
  memberIds: new Set(),
  wroteOperations: false,
  movedStock: false,
  operations: [],
  grants: [],
  changedFacts: false,
});
