import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { uuidv7 } from "uuidv7";
import { beforeAll, describe, expect, it } from "vitest";
import { unlock } from "#main/db/unlock.ts";
import { verifyStation } from "#main/verify-station.ts";
import { clerk, dataKey, migrationsFolder, newStationFile, openTestStation, value } from "#test/support/counter.ts";

const newFolder = (): string => mkdtempSync(join(tmpdir(), "counterfoil-journal-"));
const verify = (file: string, journal: string) => verifyStation({ file, key: dataKey, migrationsFolder, journal });

let file: string;
let journal: string;
const opIds: string[] = [];

/** A station that has entered three members, each in the log and in the journal. */
beforeAll(async () => {
  file = newStationFile();
  journal = join(newFolder(), "mirror");
  const station = openTestStation({ file, mirror: { folder: journal, mayMake: true } });
  for (const n of [1, 2, 3]) {
    const requestId = uuidv7();
    value(station.counter.createMember({ requestId, name: "王小明", phones: [`1380000000${n}`] }, clerk));
    opIds.push(requestId);
  }
  await station.close();
});

/** A copy of the journal of which somebody has changed the files. */
function journalWith(change: (path: string) => void): string {
  const copy = newFolder();
  cpSync(journal, copy, { recursive: true });
  for (const name of readdirSync(copy).filter((each) => each.endsWith(".mirror"))) change(join(copy, name));
  return copy;
}

describe("the mirror journal, held against the log", () => {
  it("holds when it has every operation as it is", () => {
    expect(verify(file, journal)).toEqual({ ok: true, damaged: [] });
  });

  it("is said to be gone where its folder is empty or away", () => {
    for (const folder of [newFolder(), join(newFolder(), "away")])
      expect(verify(file, folder)).toEqual({ ok: false, damaged: [{ table: "journal", id: folder }] });
  });

  it("names the file that cannot be read whole, and the operations that are nowhere else in it", () => {
    const cut = verify(
      file,
      journalWith((path) => writeFileSync(path, readFileSync(path).subarray(0, -40))),
    );
    expect(cut).toEqual({ ok: false, damaged: [{ table: "journal.missing", id: opIds.at(-1) }] });
    const flipped = journalWith((path) => {
      const bytes = readFileSync(path);
      const middle = Math.floor(bytes.length / 2);
      bytes[middle] = (bytes[middle] ?? 0) ^ 1;
      writeFileSync(path, bytes);
    });
    const { damaged } = verify(file, flipped);
    expect(damaged).toContainEqual({ table: "journal.file", id: readdirSync(flipped).find((name) => name.endsWith(".mirror")) });
    expect(damaged.filter(({ table }) => table === "journal.missing").length).toBeGreaterThan(0);
  });

  it("names the operation that it has with other bytes", () => {
    const copy = join(newFolder(), "station.db");
    cpSync(file, copy);
    const sqlite = new Database(copy);
    unlock(sqlite, dataKey);
    sqlite.prepare("UPDATE operation SET personal = CAST('{}' AS BLOB) WHERE op_id = ?").run(opIds[0]);
    sqlite.close();
    expect(verify(copy, journal).damaged).toContainEqual({ table: "journal.differs", id: opIds[0] });
  });

  it("is asked for nothing by a database that was never kept twice", async () => {
    const bare = newStationFile();
    await openTestStation({ file: bare }).close();
    expect(verify(bare, newFolder())).toEqual({ ok: true, damaged: [] });
  });
});
