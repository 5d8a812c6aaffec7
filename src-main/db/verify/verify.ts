import Database from "better-sqlite3";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { Fault } from "#main/app/ports/fault.ts";
import { feedDamage, type Damage, type Verified } from "#main/app/ports/upkeep.ts";
import { toStorageFault } from "../faults.ts";
import { pendingMigrations } from "../migrations.ts";
import { makeTables } from "../tables.ts";
import { rowsOtherwise } from "../told-copy.ts";
import { unlock } from "../unlock.ts";
import { lookFor, type Check } from "./damage.ts";
import { unbalanced, wrongEntries, wrongGrants, wrongHolds, wrongRights, wrongUndoings } from "./ledger.ts";
import { brokenChain, wrongStates } from "./log.ts";
import { authorOf, storedOperations, type LoggedRow } from "./stored-operations.ts";

/** What SQLite itself says of its pages and indexes. */
const brokenPages: Check = (sqlite) =>
  (sqlite.pragma("quick_check") as { quick_check: string }[])
    .filter(({ quick_check: said }) => said !== "ok")
    .map(({ quick_check: id }) => ({ table: "station.db", id }));

const looseEnds: Check = (sqlite) =>
  (sqlite.pragma("foreign_key_check") as { table: string; rowid: number | null }[]).map(({ table, rowid }) => ({
    table,
    id: String(rowid),
  }));

/** How far streams were read is a count of what head office has published, so it is never below its beginning. */
const wrongCursors: Check = (sqlite) =>
  (sqlite.prepare("SELECT stream AS id FROM cursor WHERE typeof(gseq) <> 'integer' OR gseq < 0").all() as { id: string }[]).map(
    ({ id }) => ({
      table: "cursor",
      id,
    }),
  );

/** What head office told, held against the hash that was noted with it. */
const editedRows: Check = (sqlite) => {
  const tables = makeTables({ sqlite, db: drizzle({ client: sqlite }) });
  return tables.identity.get() ? rowsOtherwise(tables).map(({ kind, id }) => ({ table: feedDamage.table(kind), id })) : [];
};

const checks: Readonly<Record<string, Check>> = {
  "station.db": brokenPages,
  "foreign keys": looseEnds,
  operation: brokenChain,
  operation_state: wrongStates,
  ledger_entry: wrongEntries,
  lot: unbalanced,
  right_held: wrongRights,
  hold: wrongHolds,
  grant_in: wrongGrants,
  undo: wrongUndoings,
  cursor: wrongCursors,
  feed: editedRows,
};

/** Is given the log from its beginning, as it stands at the moment of the other checks. */
type LookBeside = (log: Iterable<Pick<LoggedRow, "op">>) => readonly Damage[];

/** A database that was never opened with a journal has none to be held against. */
const lookingBeside =
  (lookBeside: LookBeside): Check =>
  (sqlite) => {
    const author = authorOf(sqlite);
    const isGuarded = sqlite.prepare("SELECT 1 FROM meta WHERE key = 'isGuarded'").get() !== undefined;
    return author && isGuarded ? lookBeside(storedOperations(sqlite, author)) : [];
  };

/**
 * Re-reads the books of a station's file from the bytes of its operations: nothing that was computed before is believed. Nothing is
 * written, and a station that has the file open goes on working.
 *
 * @param lookBeside what else the log is held against, where the database was ever kept twice
 * @throws Fault `STORAGE_…` when the file cannot be read at all; `STORAGE_OLDER` when its tables are of an earlier version
 */
export function verifyFile(file: string, key: Uint8Array, migrationsFolder: string, lookBeside?: LookBeside): Verified {
  let sqlite: Database.Database | undefined;
  try {
    sqlite = new Database(file, { readonly: true, fileMustExist: true });
    unlock(sqlite, key);
    if (pendingMigrations(sqlite, migrationsFolder).pending.length > 0)
      throw new Fault("STORAGE_OLDER", { message: "station.db is of an earlier version of the program: open the counter once." });
    // All checks look at the same moment.
    sqlite.exec("BEGIN");
    return verify(sqlite, lookBeside);
  } catch (cause) {
    throw toStorageFault(cause);
  } finally {
    sqlite?.close();
  }
}

function verify(sqlite: Database.Database, lookBeside: LookBeside | undefined): Verified {
  const all = lookBeside ? { ...checks, journal: lookingBeside(lookBeside) } : checks;
  const damaged = Object.entries(all).flatMap(([table, check]) => lookFor(table, check, sqlite));
  const each = new Map(damaged.map((damage) => [`${damage.table} ${damage.id}`, damage]));
  return { ok: each.size === 0, damaged: [...each.values()] };
}
