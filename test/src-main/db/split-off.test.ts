import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { uuidv7 } from "uuidv7";
import { expect, it, onTestFinished } from "vitest";
import { replayJournal } from "#main/app/durability/replay-journal.ts";
import type { Store } from "#main/app/ports/store.ts";
import { openDatabase } from "#main/db/open-database.ts";
import { makeSqliteStore } from "#main/db/sqlite-store.ts";
import { makeMirrorPlace } from "#main/mirror/open-mirror.ts";
import { diskVolume } from "#main/mirror/volume.ts";
import {
  cardNumber,
  clerk,
  dataKey,
  migrationsFolder,
  newStationFile,
  openTestStation,
  ownIncarnation,
  quietLog,
  TestClock,
  value,
} from "#test/support/counter.ts";

const next = "00000000000000b2";
const apart = "00000000000000c3";
const logOf = (store: Store) => store.read((view) => view.operations.list({ limit: 100 })).toReversed();

/** Four operations of a first life and one of the next; head office has something else from the third of the first on. */
async function servedOnACopy() {
  const base = mkdtempSync(join(tmpdir(), "counterfoil-split-"));
  onTestFinished(() => rmSync(base, { recursive: true, force: true }));
  const mirror = { folder: join(base, "mirror"), mayMake: true };
  const station = openTestStation({ file: join(base, "station.db"), mirror });
  onTestFinished(() => station.close());
  const { counter, ports } = station;
  const { memberId } = value(counter.createMember({ requestId: uuidv7(), name: "王小明", phones: ["13800000001"] }, clerk));
  value(counter.issueCard({ requestId: uuidv7(), memberId, card: { number: cardNumber(902) } }, clerk));
  const award = (receiptNumber: string) =>
    counter.award(
      { requestId: uuidv7(), memberId, purchase: { receiptNumber, amountFen: 20_000 }, ruleId: "purchase", ruleVersion: 1 },
      clerk,
    );
  value(award("S-1"));
  value(counter.redeem({ requestId: uuidv7(), memberId, planId: "tea", planVersion: 1, quantity: 1 }, clerk));
  ports.store.exchange((tx) => tx.beginLife(next));
  value(award("S-2"));
  const before = logOf(ports.store);
  ports.store.exchange((tx) => tx.splitOff(ownIncarnation, 2, apart));
  return { station, mirror, before };
}

it("makes a life of its own of what was written on an older copy, and the books are whole", async () => {
  const { station, before } = await servedOnACopy();
  const { store } = station.ports;
  expect(logOf(store).map(({ opId, body }) => [opId, body])).toEqual(before.map(({ opId, body }) => [opId, body]));
  expect(store.exchange((tx) => tx.unfinishedLife())).toMatchObject({ incarnation: ownIncarnation, head: { seq: 2 } });
  store.exchange((tx) =>
    tx.settle(
      2,
      [1, 2].map((seq) => ({ seq, state: "applied" as const, code: null, settle: null })),
      ownIncarnation,
    ),
  );
  expect(store.exchange((tx) => tx.unfinishedLife())).toMatchObject({
    incarnation: apart,
    forkedFrom: { incarnation: ownIncarnation, seq: 2 },
    afterSeq: 0,
    head: { seq: 2 },
  });
  const sent = store.exchange((tx) => tx.outbox(0, { maxOperations: 10, maxBytes: 1_000_000 }, apart));
  expect(sent.operations.map(({ opId, incarnation, seq }) => [opId, incarnation, seq])).toEqual([
    [before[2]?.opId, apart, 1],
    [before[3]?.opId, apart, 2],
  ]);
  // Head office has heard of the life that goes on already, with the numbers as they were.
  expect(store.exchange((tx) => tx.forkedFrom())).toEqual({ incarnation: ownIncarnation, seq: 4 });
  expect(await station.upkeep.verify()).toEqual({ ok: true, damaged: [] });
});

it("is in the mirror journal too, from which all three lives are rebuilt", async () => {
  const { station, mirror } = await servedOnACopy();
  const { store } = station.ports;
  const clock = new TestClock();
  const place = makeMirrorPlace({
    volume: diskVolume,
    folder: mirror.folder,
    mayMake: false,
    dataKey,
    wallMs: clock.wallMs,
    log: quietLog,
  });
  const random = { bytes: (length: number) => Buffer.alloc(length, 1), uuid: () => uuidv7() };
  const rebuilt = makeSqliteStore(openDatabase(newStationFile(), dataKey, migrationsFolder), { clock, random });
  replayJournal(rebuilt, place.read());
  expect(logOf(rebuilt).map(({ opId }) => opId)).toEqual(logOf(store).map(({ opId }) => opId));
  expect(rebuilt.read((view) => view.identity())).toEqual(store.read((view) => view.identity()));
  rebuilt.close();
});

it("leaves alone what is not an earlier life's, and what nobody wrote", async () => {
  const { station } = await servedOnACopy();
  const split = (of: string, after: number): unknown => station.ports.store.exchange((tx) => tx.splitOff(of, after, "00000000000000d4"));
  expect(() => split(next, 0)).toThrow("an earlier life");
  expect(() => split(apart, 2)).toThrow("an earlier life");
});
