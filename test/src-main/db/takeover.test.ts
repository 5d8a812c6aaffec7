import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { makeCounter } from "#main/app/counter.ts";
import { openDatabase } from "#main/db/open-database.ts";
import { buildFile } from "#main/db/snapshot/build-file.ts";
import { openTakeover } from "#main/db/snapshot/open-takeover.ts";
import { chunkFile, placesOf } from "#main/db/snapshot/places.ts";
import { makeSqliteStore } from "#main/db/sqlite-store.ts";
import { makeStandingStore } from "#main/db/standing-store.ts";
import { openToRead } from "#main/db/upkeep/tasks.ts";
import { verifyFile } from "#main/db/verify/verify.ts";
import { ok } from "#shared/std/result.ts";
import { clerk, dataKey, migrationsFolder, openCounter, value } from "#test/support/counter.ts";
import { cutAtEveryStep } from "#test/support/cut-at-every-step.ts";
import { directoryRow, snapshotKey, snapshotOf } from "#test/support/snapshot-of.ts";

/** A station with some history whose file a snapshot can replace. */
function openStation() {
  const before = openCounter();
  const { memberId } = before.member();
  before.give(memberId, 50);
  before.close();
  const { file, ports } = before;
  const open = () => openDatabase(file, dataKey, migrationsFolder);
  const standing = makeStandingStore({ first: open(), open, storeOn: (database) => makeSqliteStore(database, ports) });
  const { store } = standing;
  onTestFinished(store.close);
  const takeover = openTakeover(standing, { file, key: dataKey, migrationsFolder, build: async (task) => buildFile(task) });
  const counter = makeCounter({ ...ports, store }, undefined);
  const award = (points: number): void => {
    const purchase = { receiptNumber: `R${points}`, amountFen: points * 100 };
    value(counter.award({ requestId: ports.random.uuid(), memberId, purchase, ruleId: "purchase", ruleVersion: 1 }, clerk));
  };
  return { file, standing, store, takeover, counter, award, memberId };
}

/** Everything but the directory and how far it was read. */
function rowsOf(file: string): unknown {
  const sqlite = openToRead(file, dataKey);
  const isOther = "type = 'table' AND name NOT LIKE 'directory%' AND name NOT IN ('cursor', 'sqlite_stat1')";
  const tables = sqlite.prepare(`SELECT name FROM sqlite_master WHERE ${isOther} ORDER BY name`).pluck().all() as string[];
  const rows = Object.fromEntries(tables.map((name) => [name, sqlite.prepare(`SELECT * FROM "${name}" ORDER BY rowid`).all()]));
  sqlite.close();
  return rows;
}

describe("a snapshot that takes the place of a station's file", () => {
  it("brings the directory, and leaves everything that was done here until that moment as it was", async () => {
    const { file, store, takeover, counter, award, memberId } = openStation();
    const heard: unknown[] = [];
    store.onChange((change) => void heard.push(change));
    const manifest = snapshotOf(takeover.chunks, [directoryRow(1), directoryRow(2)]);
    expect(await takeover.build(manifest, snapshotKey)).toBe(true);
    award(30);
    store.write((tx) => ok(tx.rememberSignInFailure("chen", 1)));
    store.write((tx) => ok(tx.rememberSignInFailure("chen", 2)));
    store.write((tx) => ok(tx.forgetSignInFailures("chen")));
    store.tidy();
    const before = rowsOf(file);
    expect(takeover.take()).toBe("taken");
    expect(rowsOf(file)).toEqual(before);
    expect(verifyFile(file, dataKey, migrationsFolder)).toMatchObject({ ok: true });
    expect(store.read((view) => view.directory.find(directoryRow(2).memberId))).toEqual(directoryRow(2));
    expect(store.exchange((tx) => tx.cursors())).toMatchObject({ dir: 2 });
    heard.length = 0;
    award(7);
    expect(heard).toHaveLength(1);
    expect(value(counter.balance({ memberId })).spendableHere).toBe(87);
    const beside = (): readonly string[] => readdirSync(dirname(file)).filter((name) => name.includes("snapshot"));
    expect(beside()).toEqual([`${basename(file)}.before-snapshot`]);
    takeover.greeted();
    expect(beside()).toEqual([]);
  });

  it("tells of people who are one now, and nothing of somebody who was forgotten since", async () => {
    const { store, takeover } = openStation();
    const [kept, forgotten] = [directoryRow(1), directoryRow(2, "欧**")];
    const alias = {
      memberId: kept.memberId,
      mergedInto: null,
      mergedBy: null,
      absorbed: ["01931b66-7a00-7000-8000-00000000000a"],
      partedFrom: [],
    };
    await takeover.build(snapshotOf(takeover.chunks, [kept, forgotten], [alias]), snapshotKey);
    const { memberId } = forgotten;
    const done = { askedBy: "one", askedOn: "2026-05-12", doneBy: "another", doneOn: "2026-05-12", signature: null };
    store.exchange((tx) => tx.putRow("erasure", memberId, { memberId, state: "done", ...done }, 1, 0));
    expect(takeover.take()).toBe("taken");
    expect(store.read((view) => view.directory.find(memberId)?.nameMasked)).toBe("");
    expect(store.read((view) => view.members.namesOf(kept.memberId))).toEqual([kept.memberId, ...alias.absorbed]);
  });

  it("waits while another program holds the file, and is left where the station knows as much by now", async () => {
    const { file, store, takeover, standing } = openStation();
    await takeover.build(snapshotOf(takeover.chunks, [directoryRow(1)]), snapshotKey);
    const other = openToRead(file, dataKey);
    other.exec("BEGIN");
    other.prepare("SELECT count(*) FROM operation").get();
    expect(takeover.take()).toBe("busy");
    other.close();
    expect(standing.database().sqlite.pragma("journal_mode", { simple: true })).toBe("wal");
    store.hear((tx) => tx.moveCursor("dir", 1));
    expect(takeover.take()).toBe("overtaken");
    expect(existsSync(placesOf(file).draft)).toBe(false);
    expect(takeover.take()).toBe("overtaken");
  });

  it("is not built from a chunk that is not the one that was signed, nor where the tables of the directory are others", async () => {
    const { file, takeover, standing } = openStation();
    const manifest = snapshotOf(takeover.chunks, [directoryRow(1)]);
    standing.database().sqlite.exec("CREATE INDEX directory_of_tomorrow ON directory (doc)");
    expect(await takeover.build(manifest, snapshotKey)).toBe(false);
    standing.database().sqlite.exec("DROP INDEX directory_of_tomorrow");
    writeFileSync(chunkFile(placesOf(file).chunks, 0), "another");
    expect(takeover.chunks.has(0, manifest.chunks[0] ?? "")).toBe(false);
    await expect(takeover.build(manifest, snapshotKey)).rejects.toMatchObject({ code: "STORAGE_DAMAGED" });
    expect(existsSync(placesOf(file).draft)).toBe(false);
  });

  it("leaves the old file or the new one, whole, at whatever moment the program is killed", async () => {
    const counter = openCounter();
    counter.give(counter.member().memberId, 50);
    counter.close();
    const { file } = counter;
    const folder = dirname(file);
    const program = fileURLToPath(new URL("../../crash/take-snapshot.ts", import.meta.url));
    const found: string[] = [];
    await cutAtEveryStep({ program, args: [file, migrationsFolder], folder }, (step) => {
      // While the draft is built nothing else is touched; many of those steps are one like the other.
      if (!existsSync(join(folder, "built")) && step % 20 !== 0) return;
      const { sqlite } = openDatabase(file, dataKey, migrationsFolder);
      const [operations, known] = ["operation", "directory"].map((table) => sqlite.prepare(`SELECT count(*) FROM ${table}`).pluck().get());
      const cursor = sqlite.prepare("SELECT gseq FROM cursor WHERE stream = 'dir'").pluck().get();
      const said = sqlite.pragma("quick_check", { simple: true });
      sqlite.close();
      expect([said, operations], `step ${step}`).toEqual(["ok", 3]);
      found.push(
        known === 2 && cursor === 2 ? "new" : known === 0 && cursor === undefined ? "old" : `${String(known)} at ${String(cursor)}`,
      );
    });
    expect([...new Set(found)]).toEqual(["old", "new"]);
  });
});
