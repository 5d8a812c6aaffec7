import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import Database from "better-sqlite3";
import { uuidv7 } from "uuidv7";
import { describe, expect, it } from "vitest";
import { openDatabase } from "#main/db/open-database.ts";
import { unlock } from "#main/db/unlock.ts";
import { clerk, dataKey, migrationsFolder, newStationFile, openCounter, value, type TestCounter } from "#test/support/counter.ts";
import { laterMigrations } from "#test/support/later-migrations.ts";

const codeOf = (work: () => unknown): string | undefined => {
  try {
    work();
  } catch (error) {
    return (error as { readonly code?: string }).code;
  }
  return undefined;
};
const open = (file: string): void => void openDatabase(file, dataKey, migrationsFolder).sqlite.close();

/** A closed station with some members and awards. */
function closedStation(): { readonly file: string; readonly bytes: Buffer } {
  const counter = openCounter();
  for (let i = 0; i < 30; i += 1) counter.give(counter.member().memberId, 60);
  counter.close();
  return { file: counter.file, bytes: readFileSync(counter.file) };
}

/** Overwrites 64 bytes. */
function damage(file: string, at: number): void {
  const opened = openSync(file, "r+");
  writeSync(opened, Buffer.alloc(64, 0xa5), 0, 64, at);
  closeSync(opened);
}

/** As somebody who has only the rights that the folder gives to others: root may write what is read-only. */
function asAnotherPerson<T>(folder: string, work: () => T): T {
  if (process.geteuid?.() !== 0) return work();
  for (let above = folder; (statSync(above).mode & 0o005) === 0; above = dirname(above)) chmodSync(above, 0o755);
  const nobody = 65_534;
  process.seteuid?.(nobody);
  try {
    return work();
  } finally {
    process.seteuid?.(0);
  }
}

describe("a station does not open, says why, and changes nothing", () => {
  it("when the file may only be read", () => {
    const { file, bytes } = closedStation();
    chmodSync(file, 0o444);
    expect(asAnotherPerson(dirname(file), () => codeOf(() => open(file)))).toBe("STORAGE_READ_ONLY");
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });

  it("when the folder may only be read", () => {
    const folder = mkdtempSync(join(tmpdir(), "counterfoil-"));
    chmodSync(folder, 0o555);
    expect(asAnotherPerson(folder, () => codeOf(() => open(join(folder, "station.db"))))).toBe("STORAGE_CANNOT_OPEN");
  });

  it("when its first page is damaged, or the key is another one", () => {
    const { file } = closedStation();
    expect(codeOf(() => openDatabase(file, Buffer.alloc(32, 9), migrationsFolder))).toBe("STORAGE_KEY_OR_FILE_WRONG");
    damage(file, 40);
    const damaged = readFileSync(file);
    expect(codeOf(() => open(file))).toBe("STORAGE_KEY_OR_FILE_WRONG");
    expect(readFileSync(file).equals(damaged)).toBe(true);
  });

  it("when a part of the file is missing", () => {
    const { file } = closedStation();
    truncateSync(file, Math.floor(statSync(file).size / 2));
    expect(codeOf(() => open(file))).toBe("STORAGE_DAMAGED");
  });

  it("when it is something else altogether", () => {
    const file = newStationFile();
    writeFileSync(file, "member,points\n".repeat(1000));
    expect(codeOf(() => open(file))).toBe("STORAGE_KEY_OR_FILE_WRONG");
  });

  it("while another program holds it", () => {
    const { file } = closedStation();
    const other = new Database(file);
    unlock(other, dataKey);
    other.exec("BEGIN EXCLUSIVE");
    try {
      expect(codeOf(() => open(file))).toBe("STORAGE_BUSY");
    } finally {
      other.close();
    }
    expect(codeOf(() => open(file))).toBeUndefined();
  });
});

describe("a damaged page", () => {
  /** A page of the log: never the first, which opening reads. */
  function withDamagedLog(): string {
    const { file } = closedStation();
    const sqlite = new Database(file);
    unlock(sqlite, dataKey);
    const page = sqlite.prepare("SELECT max(pageno) FROM dbstat WHERE name = 'operation'").pluck().get() as number;
    sqlite.close();
    damage(file, (page - 1) * 4096 + 100);
    return file;
  }

  it("is told when it is met, and not passed off as data", () => {
    const file = withDamagedLog();
    const counter = openCounter({ file });
    expect(codeOf(() => counter.operations())).toBe("STORAGE_DAMAGED");
    counter.database.sqlite.close();
  });

  it("is found before a new version changes anything, because the copy reads every page", () => {
    const file = withDamagedLog();
    const before = readFileSync(file);
    const later = laterMigrations("CREATE TABLE raffle (id TEXT);");
    expect(codeOf(() => openDatabase(file, dataKey, later))).toBe("STORAGE_DAMAGED");
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(existsSync(`${file}.before-20991231235959_later`)).toBe(false);
  });
});

describe("a power cut that spoils the tail of the write-ahead log", () => {
  it("takes the last operations at most; what is left opens and is whole", () => {
    const counter = openCounter();
    const { memberId } = counter.member();
    for (let i = 0; i < 20; i += 1) counter.give(memberId, 10);
    const folder = mkdtempSync(join(tmpdir(), "counterfoil-"));
    const file = join(folder, "station.db");
    copyFileSync(counter.file, file);
    copyFileSync(`${counter.file}-wal`, `${file}-wal`);
    const written = counter.operations();
    counter.close();
    damage(`${file}-wal`, Math.floor(statSync(`${file}-wal`).size * 0.8));

    const after = openCounter({ file });
    const left = after.operations();
    expect(left.length).toBeGreaterThan(2);
    expect(left.length).toBeLessThan(written.length);
    expect(after.database.sqlite.pragma("quick_check", { simple: true })).toBe("ok");
    expect(value(after.balance({ memberId })).spendableHere).toBe((left.length - 2) * 10);
    after.close();
  });
});

describe("a disk that is full", () => {
  /** Leaves the database as many pages as it has, so that SQLite itself finds no room. */
  function fill(counter: TestCounter): void {
    counter.database.sqlite.pragma(`max_page_count = ${String(counter.database.sqlite.pragma("page_count", { simple: true }))}`);
  }

  it("refuses an award in words, keeps the books whole, and takes the same award when there is room again", () => {
    const counter = openCounter();
    const { memberId } = counter.member();
    counter.give(memberId, 10);
    fill(counter);
    const award = (requestId: string, receiptNumber: string) =>
      counter.award({ requestId, memberId, purchase: { receiptNumber, amountFen: 1000 }, ruleId: "purchase", ruleVersion: 1 }, clerk);
    // Free space inside the pages takes some awards before the disk is needed.
    let taken = 0;
    let refused = "";
    while (refused === "" && taken < 500) {
      const requestId = uuidv7();
      const code = codeOf(() => award(requestId, `R${taken}`));
      if (code === undefined) taken += 1;
      else refused = `${code} ${requestId}`;
    }
    const [code, requestId = ""] = refused.split(" ");
    expect(code).toBe("STORAGE_FULL");
    expect(value(counter.balance({ memberId })).spendableHere).toBe(10 + taken * 10);

    counter.database.sqlite.pragma("max_page_count = 1000000");
    expect(value(award(requestId, `R${taken}`)).points).toBe(10);
    expect(value(counter.balance({ memberId })).spendableHere).toBe(20 + taken * 10);
    expect(new Set(counter.operations().slice(-taken - 2))).toEqual(new Set(["points.award"]));
    counter.close();
  });
});
