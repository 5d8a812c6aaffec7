import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import { Fault } from "#main/app/ports/fault.ts";
import { openDatabase } from "#main/db/open-database.ts";
import { cardIssue } from "#shared/domain/cards/ops.ts";
import { rightOf } from "#shared/domain/ledger/lots.ts";
import { pointsRedeem } from "#shared/domain/redemption/ops.ts";
import { headerBytes } from "#shared/domain/operations/encode.ts";
import { ok } from "#shared/std/result.ts";
import {
  clerk,
  dataKey,
  migrationsFolder,
  newStationFile,
  openCounter,
  ownIncarnation,
  value,
  type TestCounter,
} from "#test/support/counter.ts";

const tables = ["operation", "operation_state", "ledger_entry", "right_held", "lot", "purchase", "undo", "member", "record", "meta"];
const everything = ({ database }: TestCounter): unknown => tables.map((table) => database.sqlite.prepare(`SELECT * FROM ${table}`).all());
const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (cause) {
    return cause instanceof Fault ? cause.code : String(cause);
  }
  throw new Error("it did not fail");
};

describe("a write is all or nothing", () => {
  it("leaves no row behind when it breaks off in the middle", () => {
    const counter = openCounter();
    const { memberId } = counter.member();
    const { opId } = counter.give(memberId, 100);
    const before = everything(counter);
    const redeem = { memberId, planId: "tea", planVersion: 1, quantity: 1, costPoints: 80, lines: [{ lotId: opId, points: 80 }] };
    const breakOff = () =>
      counter.store.write((tx) => {
        tx.append({ opId: uuidv7(), type: pointsRedeem, by: clerk.staffId, d: redeem });
        tx.takeSerial();
        throw new Error("the plug was pulled");
      });
    expect(breakOff).toThrow("the plug was pulled");
    expect(everything(counter)).toEqual(before);
    expect(counter.tea(memberId).ok).toBe(true);
  });

  it("leaves no row behind when a rule of the database refuses one effect of an operation", () => {
    const counter = openCounter();
    const { memberId } = counter.member();
    const { opId } = counter.give(memberId, 100);
    const before = everything(counter);
    // The decision was wrong: more than is held of the second lot. The first line alone would be possible.
    const lines = [
      { lotId: opId, points: 40 },
      { lotId: opId, points: 61 },
    ];
    const d = { memberId, planId: "tea", planVersion: 1, quantity: 1, costPoints: 101, lines };
    const overspend = () => counter.store.write((tx) => ok(tx.append({ opId: uuidv7(), type: pointsRedeem, by: clerk.staffId, d })));
    expect(overspend).toThrow(/right_held_not_negative/);
    expect(everything(counter)).toEqual(before);
  });

  it("writes no part of a linked group by itself", () => {
    const counter = openCounter();
    const { memberId } = counter.member();
    const before = everything(counter);
    const opId = uuidv7();
    const d = { cardNumber: "6200000000000001", cardKind: "main", memberId };
    const half = () =>
      counter.store.write((tx) => ok(tx.append({ opId, type: cardIssue, by: clerk.staffId, d, transaction: { id: opId, n: 1, of: 2 } })));
    expect(half).toThrow("1 operations are not the group of 2");
    expect(everything(counter)).toEqual(before);
  });

  it("tells its listeners after the commit, and not at all when there was none", () => {
    const counter = openCounter();
    const { memberId } = counter.member();
    const heard: string[] = [];
    counter.store.onChange(({ memberIds, wroteOperations }) => {
      heard.push(`${[...memberIds].join()} ${wroteOperations} ${counter.operations().length}`);
    });
    counter.tea(memberId);
    expect(heard).toEqual([]);
    counter.give(memberId, 60);
    expect(heard).toEqual([`${memberId} true 3`]);
  });

  it("does not believe an enrolment that was never stored", () => {
    const counter = openCounter();
    const self = counter.store.read((view) => view.identity());
    if (!self) throw new Error("the test station is enrolled");
    const enrolAndFail = () =>
      counter.store.exchange((tx) => {
        tx.enrolled({ ...self, replica: 99 });
        throw new Error("the disk is full");
      });
    expect(enrolAndFail).toThrow("the disk is full");
    expect(counter.store.read((view) => view.identity()?.replica)).toBe(1);
  });
});

describe("the log", () => {
  function openBusyCounter() {
    const counter = openCounter();
    const { memberId } = counter.member({ name: "王小明" });
    const award = counter.give(memberId, 700);
    value(counter.tea(memberId));
    value(counter.undo(award.opId));
    return counter;
  }
  type Row = {
    seq: number;
    op_id: string;
    hlc: string;
    type: string;
    version: number;
    entity_kind: string | null;
    entity_id: string | null;
    body: Buffer;
    personal: Buffer | null;
    prev: Buffer;
    hash: Buffer;
  };
  const digest = (...parts: readonly (string | Uint8Array)[]): Buffer => {
    const hash = createHash("sha256");
    for (const part of parts) hash.update(part);
    return hash.digest();
  };

  it("can be recomputed from its rows, link by link", () => {
    const rows = openBusyCounter().database.sqlite.prepare("SELECT * FROM operation ORDER BY seq").all() as Row[];
    expect(rows.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
    let prev = digest("counterfoil-op", Buffer.from([0, 0, 0, 1]), Buffer.from(ownIncarnation, "hex"), Buffer.alloc(16));
    for (const row of rows) {
      const header = headerBytes({
        opId: row.op_id,
        replica: 1,
        incarnation: ownIncarnation,
        seq: row.seq,
        hlc: row.hlc,
        type: row.type,
        version: row.version,
        entity: row.entity_kind !== null && row.entity_id !== null ? { kind: row.entity_kind, id: row.entity_id } : undefined,
        transaction: undefined,
      });
      expect(row.prev).toEqual(prev);
      expect(row.hash).toEqual(digest(prev, header, digest(row.body), row.personal ? digest(row.personal) : Buffer.alloc(32)));
      prev = row.hash;
    }
  });

  it("keeps names and phones out of the body", () => {
    const rows = openBusyCounter()
      .database.sqlite.prepare("SELECT body, personal FROM operation WHERE type = 'member.create'")
      .all() as Row[];
    expect(rows[0]?.body.toString()).not.toMatch(/王小明|138/);
    expect(JSON.parse(rows[0]?.personal?.toString() ?? "")).toMatchObject({ name: "王小明" });
  });

  it("sums to zero over the holders of each lot, and the rights are the fold of its lines", () => {
    const { database } = openBusyCounter();
    const sums = database.sqlite.prepare("SELECT sum(amount) FROM ledger_entry GROUP BY lot_id").pluck().all();
    expect(new Set(sums)).toEqual(new Set([0]));
    const folded = database.sqlite
      .prepare("SELECT lot_id, sum(amount) AS points FROM ledger_entry WHERE holder = ? GROUP BY lot_id ORDER BY lot_id")
      .all(rightOf(ownIncarnation));
    expect(database.sqlite.prepare("SELECT lot_id, points FROM right_held ORDER BY lot_id").all()).toEqual(folded);
  });
});

describe("the file of a station", () => {
  // The attack: somebody takes the disk home and searches it.
  it("shows neither what it is nor whose it is, in any of its files", () => {
    const counter = openCounter();
    counter.member({ name: "慕容晓白", phone: "13887654321", card: 4242 });
    const planted = ["慕容晓白", "13887654321", "888800042424", "SQLite format 3", "member_number", "城东店"];
    const files = [counter.file, `${counter.file}-wal`, `${counter.file}-shm`, `${counter.file}-journal`].filter(existsSync);
    expect(files).toContain(`${counter.file}-wal`);
    for (const file of files) {
      const bytes = readFileSync(file);
      for (const text of planted) expect(bytes.includes(text)).toBe(false);
    }
    counter.close();
    for (const text of planted) expect(readFileSync(counter.file).includes(text)).toBe(false);
  });

  it("does not open with another key, says so, and still opens with its own", () => {
    const counter = openCounter();
    counter.member({ name: "王小明" });
    counter.close();
    const before = readFileSync(counter.file);
    expect(codeOf(() => openDatabase(counter.file, Buffer.alloc(32, 8), migrationsFolder))).toBe("STORAGE_KEY_OR_FILE_WRONG");
    expect(readFileSync(counter.file).equals(before)).toBe(true);
    expect(openCounter({ file: counter.file }).findMembers({ text: "王小明" }, clerk).members).toHaveLength(1);
  });

  it("keeps all of it when it is opened again, and changes nothing", () => {
    const first = openCounter();
    const { memberId } = first.member();
    first.give(memberId, 100);
    const before = everything(first);
    const shown = value(first.getMember({ memberId }));
    first.close();
    const again = openCounter({ file: first.file });
    expect(everything(again)).toEqual(before);
    expect(value(again.getMember({ memberId }))).toEqual(shown);
    expect(again.tea(memberId).ok).toBe(true);
  });

  it("has all its tables when it is new, and the same after a second start", () => {
    const file = newStationFile();
    const schema = () => {
      const { sqlite } = openDatabase(file, dataKey, migrationsFolder);
      const found = sqlite.prepare("SELECT type, name, sql FROM sqlite_master ORDER BY type, name").all() as {
        type: string;
        name: string;
      }[];
      const version = sqlite.prepare("SELECT count(*) FROM __drizzle_migrations").pluck().get();
      sqlite.close();
      return { found, version };
    };
    const first = schema();
    const names = first.found.filter(({ type }) => type === "table").map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining([...tables, "card", "cursor", "directory", "directory_card", "grant_in", "member_phone"]));
    expect(schema()).toEqual(first);
  });
});

describe("a failure of the database", () => {
  // The attack: somebody with access to the log, and to nothing else, waits for things to fail.
  it("does not repeat the names and phones of the query that failed", () => {
    const counter = openCounter();
    const twice = {
      memberNumber: "00009000013",
      homeBranch: "branch-a",
      state: "active",
      birthday: null,
      address: "",
      createdAtMs: 1,
    } as const;
    counter.hear("member", "m1", { ...twice, memberId: "m1", name: "慕容晓白", phones: ["13887654321"] });
    let thrown: unknown;
    try {
      counter.hear("member", "m2", { ...twice, memberId: "m2", name: "慕容晓黑", phones: ["13887654322"] });
    } catch (cause) {
      thrown = cause;
    }
    expect(thrown).toBeInstanceOf(Error);
    const told = thrown instanceof Error ? `${thrown.message} ${thrown.stack} ${JSON.stringify(thrown)}` : "";
    expect(told).toContain("UNIQUE constraint failed: member.member_number");
    expect(told).not.toMatch(/慕容|1388765432/);
  });
});

describe("a full disk", () => {
  it("is said by its name, loses nothing, and does not stop reading", () => {
    const counter = openCounter();
    const { memberId } = counter.member();
    const { sqlite } = counter.database;
    const pages = Number(sqlite.pragma("page_count", { simple: true }));
    sqlite.pragma(`max_page_count = ${pages}`);
    let given = 0;
    const code = codeOf(() => {
      for (;;) {
        counter.give(memberId, 1);
        given += 1;
      }
    });
    expect(code).toBe("STORAGE_FULL");
    expect(value(counter.balance({ memberId })).balance).toBe(given);
    expect(counter.operations()).toHaveLength(2 + given);
    sqlite.pragma(`max_page_count = ${pages + 1_000}`);
    counter.give(memberId, 1);
    expect(value(counter.balance({ memberId })).balance).toBe(given + 1);
  });
});
