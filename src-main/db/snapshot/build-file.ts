import Database from "better-sqlite3";
import { Fault } from "#main/app/ports/fault.ts";
import { flushFile } from "#main/system/durable-file.ts";
import type { SnapshotManifest } from "#shared/contracts/sync/snapshot.ts";
import { toStorageFault } from "../faults.ts";
import { attachOld, carriedTables, copyNumbersGiven, copyRows, isCarried, madeIn } from "./carried-tables.ts";
import { placesOf, removeDraft } from "./places.ts";
import { unpack } from "./unpack.ts";

/** A row of the stream that a station keeps among its own. */
export type SnapshotRow = { readonly kind: string; readonly id: string; readonly doc: string; readonly version: number };

export type BuildTask = {
  readonly name: "snapshot";
  /** The database; it is only read. */
  readonly file: string;
  readonly key: Uint8Array;
  readonly manifest: SnapshotManifest;
  readonly chunkKey: Uint8Array;
};

/**
 * Builds the file that shall take the place of a station's: the directory of a snapshot, and every other table as the old file has it now. It is
 * encrypted with the station's key where it lies, before anything of the station's goes into it.
 *
 * @returns the other rows of the stream; null where the directory's tables are not made as ours are, and there is no file
 * @throws Fault `STORAGE_…`; nothing is left behind then
 */
export function buildFile({ file, key, manifest, chunkKey }: BuildTask): readonly SnapshotRow[] | null {
  const { draft, chunks } = placesOf(file);
  removeDraft(draft);
  let sqlite: Database.Database | undefined;
  try {
    unpack(manifest, chunkKey, chunks, draft);
    sqlite = new Database(draft);
    // It is built anew after whatever ends this; only what is whole is flushed and gets its name.
    sqlite.pragma("journal_mode = OFF");
    sqlite.pragma("synchronous = OFF");
    sqlite.pragma("foreign_keys = OFF");
    sqlite.pragma("cipher='sqlcipher'");
    sqlite.pragma(`rekey="x'${Buffer.from(key).toString("hex")}'"`);
    sqlite.pragma("temp_store = MEMORY");
    attachOld(sqlite, file, key);
    const rows = hasOurTables(sqlite) ? takeTold(sqlite) : null;
    if (rows) carryOver(sqlite);
    sqlite.exec("DETACH old");
    // As it is opened afterwards: no lock that keeps everybody else out is needed for that.
    if (rows) sqlite.pragma("journal_mode = WAL");
    sqlite.close();
    if (rows) flushFile(draft);
    else removeDraft(draft);
    return rows;
  } catch (cause) {
    sqlite?.close();
    removeDraft(draft);
    throw toStorageFault(cause);
  }
}

function hasOurTables(sqlite: Database.Database): boolean {
  const directoryIn = (schema: "main" | "old"): readonly string[] =>
    madeIn(sqlite, schema)
      .filter((made) => !isCarried(made))
      .map(({ sql }) => sql)
      .toSorted();
  return JSON.stringify(directoryIn("main")) === JSON.stringify(directoryIn("old"));
}

function takeTold(sqlite: Database.Database): readonly SnapshotRow[] {
  const rows = sqlite.prepare("SELECT kind, id, doc, version FROM told_row").all() as SnapshotRow[];
  sqlite.exec("DROP TABLE told_row");
  return rows;
}

/** In one transaction: what is read of the old file is what it was at one moment. */
function carryOver(sqlite: Database.Database): void {
  const made = madeIn(sqlite, "old").filter(isCarried);
  sqlite.exec("BEGIN");
  for (const { type, sql } of made) if (type === "table") sqlite.exec(sql);
  const tables = carriedTables(sqlite, "old");
  for (const table of tables) sqlite.exec(copyRows(table));
  sqlite.exec(copyNumbersGiven);
  for (const { type, sql } of made) if (type !== "table") sqlite.exec(sql);
  sqlite.exec("COMMIT");
  for (const { name } of tables) {
    const [said] = sqlite.pragma(`quick_check('${name}')`) as { quick_check: string }[];
    if (said?.quick_check !== "ok") throw new Fault("STORAGE_DAMAGED", { message: "What was carried over is damaged." });
  }
}
