import type { GrantRecord } from "#shared/contracts/sync/feed.ts";
import type { StoredOperation } from "#shared/domain/operations/operation.ts";
import type { StationDatabase } from "./open-database.ts";
import { makeBaseRows } from "./stores/base-rows.ts";
import { makeCards } from "./stores/cards.ts";
import { makeCursors } from "./stores/cursors.ts";
import { makeDevices } from "./stores/devices.ts";
import { makeDirectory } from "./stores/directory.ts";
import { makeErasures } from "./stores/erasures.ts";
import { makeIdentity } from "./stores/identity.ts";
import { makeLedger } from "./stores/ledger.ts";
import { makeMembers } from "./stores/members.ts";
import { makeMeta } from "./stores/meta.ts";
import { makeOperations } from "./stores/operations.ts";
import { makeReceipts } from "./stores/receipts.ts";
import { makeRecords } from "./stores/records.ts";
import { makeShifts } from "./stores/shifts.ts";
import { makeSignIns } from "./stores/sign-ins.ts";
import { makeStock } from "./stores/stock.ts";
import { makeRowHashes } from "./stores/row-hashes.ts";

/** The tables of a station's file, each with what is asked of it. */
export function makeTables(database: StationDatabase) {
  const meta = makeMeta(database);
  const identity = makeIdentity(meta);
  const operations = makeOperations(database);
  const records = makeRecords(database);
  return {
    database,
    meta,
    identity,
    operations,
    baseRows: makeBaseRows(database),
    ledger: makeLedger(database, meta),
    members: makeMembers(database),
    cards: makeCards(database),
    records,
    erasures: makeErasures(records),
    receipts: makeReceipts(database),
    cursors: makeCursors(database),
    signIns: makeSignIns(database),
    shifts: makeShifts(meta, operations),
    stock: makeStock(database),
    rowHashes: makeRowHashes(database),
    devices: makeDevices(database),
    directory: makeDirectory(database, () => identity.get()?.directoryKey),
  };
}
export type Tables = ReturnType<typeof makeTables>;

/** What a transaction has touched: told to the screens after its commit. */
export type Touched = {
  readonly memberIds: Set<string>;
  wroteOperations: boolean;
  movedStock: boolean;
  /** What goes to the mirror journal before that. */
  readonly operations: StoredOperation[];
  readonly grants: GrantRecord[];
  changedFacts: boolean;
};
