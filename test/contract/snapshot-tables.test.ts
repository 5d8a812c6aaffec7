import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openDatabase } from "#main/db/open-database.ts";
import { directoryIndexes, directoryTables } from "#shared/contracts/sync/snapshot.ts";
import { dataKey, migrationsFolder } from "#test/support/counter.ts";

it("a snapshot has the tables of the directory word for word as a station has them", () => {
  const folder = mkdtempSync(join(tmpdir(), "snapshot-tables-"));
  const { sqlite } = openDatabase(join(folder, "station.db"), dataKey, migrationsFolder);
  const made = sqlite.prepare("SELECT name, sql FROM sqlite_master WHERE tbl_name LIKE 'directory%' AND sql IS NOT NULL").raw().all();
  sqlite.close();
  rmSync(folder, { recursive: true });
  expect(Object.fromEntries(made as [string, string][])).toEqual({ ...directoryTables, ...directoryIndexes });
});
