import { describe, expect, it } from "vitest";
import { openDatabase } from "#main/db/open-database.ts";
import { dataKey, migrationsFolder, newStationFile } from "#test/support/counter.ts";

describe("what was written", () => {
  it("is on the disk when the write returns, and nothing of it in a file that is not encrypted", () => {
    const { sqlite } = openDatabase(newStationFile(), dataKey, migrationsFolder);
    const setting = (name: string): unknown => sqlite.pragma(name, { simple: true });
    // FULL is 2: fsync at every commit. temp_store 2 is memory.
    expect([setting("journal_mode"), setting("synchronous"), setting("temp_store"), setting("foreign_keys")]).toEqual(["wal", 2, 2, 1]);
  });
});
