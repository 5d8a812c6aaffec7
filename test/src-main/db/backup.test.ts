import { copyFileSync, existsSync, mkdtempSync, readFileSync, readdirSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setImmediate as otherWork } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { openDatabase } from "#main/db/open-database.ts";
import { backupFolder, makeBackupShelf } from "#main/db/upkeep/backup-shelf.ts";
import { restoreFile } from "#main/db/upkeep/restore.ts";
import { verifyFile } from "#main/db/verify/verify.ts";
import { dataKey, migrationsFolder, openCounter, value, type TestCounter } from "#test/support/counter.ts";
import { cutAtEveryStep } from "#test/support/cut-at-every-step.ts";

const shelfOf = (file: string) => makeBackupShelf({ file, key: dataKey, folder: backupFolder(file), migrationsFolder });
const holds = (file: string): boolean => verifyFile(file, dataKey, migrationsFolder).ok;
const crash = (program: string): string => fileURLToPath(new URL(`../../crash/${program}`, import.meta.url));
const noon = Date.parse("2026-11-22T12:00:00Z");

function openWithAwards(awards: number): { readonly counter: TestCounter; readonly memberId: string } {
  const counter = openCounter();
  const { memberId } = counter.member();
  for (let i = 0; i < awards; i += 1) counter.give(memberId, 10);
  return { counter, memberId };
}

function operationsIn(file: string): readonly unknown[] {
  const { sqlite } = openDatabase(file, dataKey, migrationsFolder);
  try {
    return sqlite.prepare("SELECT op_id FROM operation ORDER BY seq").pluck().all();
  } finally {
    sqlite.close();
  }
}

describe("a copy", () => {
  it("is made while the counter awards, and holds the books of one moment", async () => {
    const { counter, memberId } = openWithAwards(300);
    const copying = { isDone: false };
    const made = shelfOf(counter.file)
      .add(noon)
      .finally(() => (copying.isDone = true));
    let awards = 0;
    while (!copying.isDone) {
      counter.give(memberId, 10);
      awards += 1;
      await otherWork();
    }
    const { name } = await made;
    // Had the copy kept the writer waiting, there would be none but the first.
    expect(awards).toBeGreaterThan(5);
    const copy = join(backupFolder(counter.file), name);
    expect(holds(copy)).toBe(true);
    const copied = operationsIn(copy);
    expect(copied.length).toBeGreaterThanOrEqual(302);
    expect(operationsIn(counter.file).slice(0, copied.length)).toEqual(copied);
    counter.close();
  });

  it("says nothing without the key, to anybody but the person who runs the counter", async () => {
    const { counter } = openWithAwards(3);
    const { name, bytes } = await shelfOf(counter.file).add(noon);
    const copy = join(backupFolder(counter.file), name);
    expect(readFileSync(copy).includes("王小明")).toBe(false);
    expect(readFileSync(copy).subarray(0, 15).toString("latin1")).not.toBe("SQLite format 3");
    expect([statSync(copy).mode & 0o777, statSync(dirname(copy)).mode & 0o777]).toEqual([0o600, 0o700]);
    expect(statSync(copy).size).toBe(bytes);
    counter.close();
  });

  it("of a damaged file is refused, and the copies of before stay", async () => {
    const { counter } = openWithAwards(60);
    const shelf = shelfOf(counter.file);
    await shelf.add(noon);
    counter.close();
    truncateSync(counter.file, statSync(counter.file).size - 8192);
    await expect(shelf.add(noon + 1000)).rejects.toMatchObject({ code: "STORAGE_DAMAGED" });
    expect(shelf.list().map(({ name }) => name)).toEqual(["2026-11-22T12.00.00Z.db"]);
    expect(readdirSync(backupFolder(counter.file))).toHaveLength(1);
  });

  it("is listed newest first, and what else lies there is left alone", async () => {
    const { counter } = openWithAwards(1);
    const shelf = shelfOf(counter.file);
    expect(shelf.list()).toEqual([]);
    await shelf.add(noon);
    await shelf.add(noon + 60_000);
    writeFileSync(join(backupFolder(counter.file), "holiday.jpg"), "");
    expect(shelf.list().map(({ atMs }) => atMs)).toEqual([noon + 60_000, noon]);
    shelf.remove("2026-11-22T12.00.00Z.db");
    expect(readdirSync(backupFolder(counter.file)).toSorted()).toEqual(["2026-11-22T12.01.00Z.db", "holiday.jpg"]);
    counter.close();
  });

  it("is whole or not there, at whichever step the power goes", { timeout: 60_000 }, async () => {
    const { counter } = openWithAwards(20);
    counter.close();
    const expected = operationsIn(counter.file);
    const folder = dirname(counter.file);
    const to = join(folder, "2026-11-22T12.00.00Z.db");
    const steps = await cutAtEveryStep({ program: crash("copy-file.ts"), args: [counter.file, to, migrationsFolder], folder }, (step) => {
      expect(holds(counter.file), `step ${step}`).toBe(true);
      const copied = existsSync(to) ? operationsIn(to) : expected;
      expect(copied, `step ${step}`).toEqual(expected);
    });
    expect(steps).toBeGreaterThan(4);
  });
});

describe("a copy that is restored", () => {
  /** A station that was copied and went on, and was closed. */
  async function copiedStation() {
    const { counter, memberId } = openWithAwards(5);
    const { name } = await shelfOf(counter.file).add(noon);
    counter.give(memberId, 10);
    counter.close();
    return { file: counter.file, memberId, copy: join(backupFolder(counter.file), name) };
  }

  it("is what the counter opens with, and what was there lies beside it", async () => {
    const { file, memberId, copy } = await copiedStation();
    const before = operationsIn(file);
    const [aside = ""] = restoreFile({ from: copy, to: file, key: dataKey, atMs: noon });
    const counter = openCounter({ file });
    expect(value(counter.balance({ memberId })).spendableHere).toBe(50);
    counter.give(memberId, 1);
    counter.close();
    expect(holds(file)).toBe(true);
    expect(aside).toBe(`${file}.replaced-2026-11-22T12.00.00Z`);
    expect(operationsIn(aside)).toEqual(before);
    expect(existsSync(copy)).toBe(true);
  });

  it("takes the place of a file that cannot be opened, with its write-ahead log, and keeps both", async () => {
    const { file, memberId, copy } = await copiedStation();
    writeFileSync(file, "not a database any more");
    writeFileSync(`${file}-wal`, "nor this");
    const aside = restoreFile({ from: copy, to: file, key: dataKey, atMs: noon });
    expect(aside.map((each) => readFileSync(each, "utf8"))).toEqual(["not a database any more", "nor this"]);
    const counter = openCounter({ file });
    expect(value(counter.balance({ memberId })).spendableHere).toBe(50);
    counter.close();
  });

  it("is refused when it is damaged or of another key, and nothing is touched", async () => {
    const { file, copy } = await copiedStation();
    const before = readFileSync(file);
    const code = (work: () => unknown): unknown => {
      try {
        work();
      } catch (error) {
        return (error as { readonly code?: unknown }).code;
      }
      return undefined;
    };
    expect(code(() => restoreFile({ from: copy, to: file, key: Buffer.alloc(32, 9), atMs: noon }))).toBe("STORAGE_KEY_OR_FILE_WRONG");
    truncateSync(copy, 8192);
    expect(code(() => restoreFile({ from: copy, to: file, key: dataKey, atMs: noon }))).toBe("STORAGE_DAMAGED");
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(readdirSync(dirname(file)).filter((name) => name.includes("replaced"))).toEqual([]);
  });

  it(
    "leaves the old books or the new ones at whichever step the power goes, or says that it must be done again",
    { timeout: 60_000 },
    async () => {
      const { file, copy } = await copiedStation();
      const [old, restored] = [operationsIn(file), operationsIn(copy)];
      const outcomes = new Set<string>();
      const folder = mkdtempSync(join(tmpdir(), "counterfoil-restore-"));
      const to = join(folder, "station.db");
      copyFileSync(file, to);
      writeFileSync(`${to}-wal`, "");
      await cutAtEveryStep({ program: crash("restore-file.ts"), args: [copy, to], folder }, (step) => {
        const outcome = (() => {
          try {
            const now = operationsIn(to).length;
            return now === old.length ? "old" : now === restored.length ? "new" : `${now} operations`;
          } catch (error) {
            return String((error as { readonly code?: string }).code);
          }
        })();
        outcomes.add(outcome);
        restoreFile({ from: copy, to, key: dataKey, atMs: noon });
        expect(operationsIn(to), `step ${step}: done again`).toEqual(restored);
      });
      expect([...outcomes].toSorted()).toEqual(["STORAGE_RESTORING", "old"]);
    },
  );
});
