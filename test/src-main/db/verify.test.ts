import { closeSync, copyFileSync, mkdtempSync, openSync, statSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { uuidv7 } from "uuidv7";
import { beforeAll, describe, expect, it } from "vitest";
import type { Verified } from "#main/app/ports/upkeep.ts";
import { verifyFile } from "#main/db/verify/verify.ts";
import { streams } from "#shared/contracts/sync/feed.ts";
import { unlock } from "#main/db/unlock.ts";
import { dataKey, migrationsFolder, openCounter, ownIncarnation, value } from "#test/support/counter.ts";
import { directoryRow } from "#test/support/snapshot-of.ts";
import { laterMigrations } from "#test/support/later-migrations.ts";

const verify = (file: string): Verified => verifyFile(file, dataKey, migrationsFolder);

/** The books of a morning: awards, one undone, a redemption, a grant, and an operation that head office has. */
function fillBooks(counter: ReturnType<typeof openCounter>): void {
  const { memberId } = counter.member();
  counter.give(memberId, 200);
  const undone = counter.give(memberId, 50);
  value(counter.undo(undone.opId));
  value(counter.tea(memberId));
  const lot = { lotId: uuidv7(), points: 40, earnedOn: "2026-01-01", expiresOn: null };
  counter.hear("grant", "1", { gno: 1, opId: uuidv7(), memberId, incarnation: ownIncarnation, lines: [lot] });
  const told = directoryRow(1);
  const branch = { branchId: "branch-z", code: "Z", name: "北门店" };
  counter.store.exchange((tx) => {
    tx.putRow("directory", told.memberId, told, 1, 1);
    tx.told(streams.directory, { kind: "directory", id: told.memberId, ver: 1, doc: told });
    tx.putRow("branch", branch.branchId, branch, 1, 1);
    tx.told(streams.config, { kind: "branch", id: branch.branchId, ver: 1, doc: branch });
  });
  counter.store.exchange((tx) => tx.settle(1, [{ seq: 1, state: "applied", code: null, settle: { s: "prof/branch-a", g: 7 } }]));
}

let books: string;
beforeAll(() => {
  const counter = openCounter();
  fillBooks(counter);
  counter.close();
  books = counter.file;
});

/** A copy of the books in which somebody has changed something. */
function tampered(statement: string, ...values: readonly unknown[]): string {
  const file = join(mkdtempSync(join(tmpdir(), "counterfoil-")), "station.db");
  copyFileSync(books, file);
  const sqlite = new Database(file);
  unlock(sqlite, dataKey);
  sqlite.pragma("foreign_keys = OFF");
  sqlite.pragma("ignore_check_constraints = ON");
  const { changes } = sqlite.prepare(statement).run(...values);
  sqlite.close();
  if (changes === 0) throw new Error("nothing was changed");
  return file;
}

const tablesOf = ({ damaged }: Verified): readonly string[] => [...new Set(damaged.map(({ table }) => table))].toSorted();

describe("books that hold", () => {
  it("are said to hold, also while the counter goes on", () => {
    const counter = openCounter();
    fillBooks(counter);
    expect(verify(counter.file)).toEqual({ ok: true, damaged: [] });
    counter.close();
    expect(verify(counter.file)).toEqual({ ok: true, damaged: [] });
  });

  it("are said to hold after the database has begun another life", () => {
    const counter = openCounter();
    fillBooks(counter);
    counter.store.exchange((tx) => tx.beginLife("00000000000000b2"));
    counter.give(counter.member().memberId, 30);
    expect(verify(counter.file)).toEqual({ ok: true, damaged: [] });
    counter.close();
  });

  it("are not changed by the looking", () => {
    const before = statSync(books);
    verify(books);
    expect(statSync(books)).toMatchObject({ mtimeMs: before.mtimeMs, size: before.size });
  });
});

describe("books that do not hold name the place", () => {
  const plants: readonly { readonly what: string; readonly statement: string; readonly tables: readonly string[] }[] = [
    {
      what: "an operation whose bytes were changed",
      statement: `UPDATE operation SET body = CAST(replace(CAST(body AS TEXT), '"amountFen":20000', '"amountFen":30000') AS BLOB) WHERE seq = 3`,
      tables: ["operation"],
    },
    { what: "personal data that were taken out", statement: "UPDATE operation SET personal = NULL WHERE seq = 1", tables: ["operation"] },
    {
      what: "an operation that is gone",
      statement: "DELETE FROM operation WHERE seq = 5",
      tables: ["ledger_entry", "operation", "operation_state", "undo"],
    },
    {
      what: "an operation under another member",
      statement: "UPDATE operation SET member_id = 'somebody' WHERE seq = 3",
      tables: ["operation"],
    },
    {
      what: "an entry of another amount",
      statement: "UPDATE ledger_entry SET amount = amount + 1 WHERE rowid = 1",
      tables: ["ledger_entry", "lot"],
    },
    {
      what: "an entry under another holder",
      statement: "UPDATE ledger_entry SET holder = 'POOL' WHERE holder LIKE 'RIGHT:%' AND amount = 40",
      tables: ["ledger_entry", "right_held"],
    },
    {
      what: "two lines that no operation wrote",
      statement:
        "INSERT INTO ledger_entry SELECT 'nobody', line, lot_id, member_id, holder, amount, event_date FROM ledger_entry WHERE op_id = (SELECT op_id FROM grant_in)",
      tables: ["ledger_entry", "right_held"],
    },
    {
      what: "a right that is more than its entries",
      statement: "UPDATE right_held SET points = points + 1 WHERE points = 40",
      tables: ["right_held"],
    },
    { what: "a right that is gone", statement: "DELETE FROM right_held WHERE points = 40", tables: ["right_held"] },
    { what: "a right of somebody else's lot", statement: "UPDATE right_held SET member_id = 'somebody'", tables: ["right_held"] },
    {
      what: "a lot that is gone",
      statement: "DELETE FROM lot WHERE lot_id IN (SELECT lot_id FROM right_held WHERE points = 40)",
      tables: ["right_held"],
    },
    { what: "an undoing that is not noted", statement: "DELETE FROM undo", tables: ["undo"] },
    { what: "an undoing that nobody did", statement: "INSERT INTO undo VALUES ('x', 'y')", tables: ["undo"] },
    { what: "an operation without a state", statement: "DELETE FROM operation_state WHERE seq = 2", tables: ["operation_state"] },
    { what: "a state without an operation", statement: "UPDATE operation_state SET seq = 99 WHERE seq = 2", tables: ["operation_state"] },
    {
      what: "an operation that waits although head office has it",
      statement: "UPDATE operation_state SET state = 'waiting' WHERE seq = 1",
      tables: ["operation_state"],
    },
    {
      what: "a change of the balance that is not the operation's",
      statement: "UPDATE operation_state SET balance_change = balance_change + 1 WHERE seq = 3",
      tables: ["operation_state"],
    },
    {
      what: "an operation that is counted once more on top of rows which contain it",
      statement: "INSERT INTO cursor (stream, gseq) VALUES ('prof/branch-a', 7)",
      tables: ["operation_state"],
    },
    { what: "a cursor before the beginning", statement: "INSERT INTO cursor (stream, gseq) VALUES ('cfg', -1)", tables: ["cursor"] },
    {
      what: "a row of head office's with other contents",
      statement: "UPDATE directory SET doc = replace(doc, '王**', '李**')",
      tables: ["feed.directory"],
    },
    {
      what: "a row of head office's that is no document any more",
      statement: "UPDATE directory SET doc = '{'",
      tables: ["feed.directory"],
    },
    {
      what: "a row of head office's that is gone",
      statement: "DELETE FROM record WHERE id = 'branch-z'",
      tables: ["feed.branch"],
    },
    { what: "a grant that is counted and not there", statement: "DELETE FROM grant_in", tables: ["grant_in", "ledger_entry"] },
    {
      what: "a grant that is there and not applied",
      statement: "UPDATE grant_in SET is_applied = 0",
      tables: ["grant_in", "ledger_entry"],
    },
  ];
  it.each(plants)("$what", ({ statement, tables }) => {
    const found = verify(tampered(statement));
    expect(found.ok).toBe(false);
    expect(tablesOf(found).filter((table) => table !== "foreign keys")).toEqual(expect.arrayContaining([...tables]));
  });

  it("by its id", () => {
    const found = verify(tampered("UPDATE right_held SET points = points + 1 WHERE points = 40"));
    const lot = new Database(books, { readonly: true });
    unlock(lot, dataKey);
    expect(found.damaged).toEqual([
      { table: "right_held", id: lot.prepare("SELECT lot_id FROM right_held WHERE points = 40").pluck().get() },
    ]);
    lot.close();
  });

  it("a page that cannot be read, and the rest is looked at all the same", () => {
    const file = tampered("UPDATE right_held SET points = points + 1 WHERE points = 40");
    const sqlite = new Database(file);
    unlock(sqlite, dataKey);
    const page = sqlite.prepare("SELECT max(pageno) FROM dbstat WHERE name = 'operation'").pluck().get() as number;
    sqlite.close();
    const opened = openSync(file, "r+");
    writeSync(opened, Buffer.alloc(64, 0xa5), 0, 64, (page - 1) * 4096 + 100);
    closeSync(opened);
    expect(verify(file).damaged).toEqual(expect.arrayContaining([{ table: "operation", id: "unreadable" }]));
    expect(tablesOf(verify(file))).toContain("right_held");
  });
});

describe("a file that cannot be looked at", () => {
  const codeOf = (work: () => unknown): unknown => {
    try {
      work();
    } catch (error) {
      return (error as { readonly code?: unknown }).code;
    }
    return undefined;
  };

  it("because it is of an earlier version is left as it is", () => {
    const later = laterMigrations("CREATE TABLE raffle (id TEXT);");
    expect(codeOf(() => verifyFile(books, dataKey, later))).toBe("STORAGE_OLDER");
    expect(verify(books).ok).toBe(true);
  });

  it("because it is not there, or of another key, says so", () => {
    expect(codeOf(() => verify(join(tmpdir(), uuidv7())))).toBe("STORAGE_CANNOT_OPEN");
    expect(codeOf(() => verifyFile(books, Buffer.alloc(32, 9), migrationsFolder))).toBe("STORAGE_KEY_OR_FILE_WRONG");
  });
});
