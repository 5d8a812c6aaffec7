import { cpSync, mkdtempSync, rmSync } from "node:fs";
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

type Station = ReturnType<typeof openTestStation>;

const logOf = (store: Store): readonly string[] =>
  store
    .read((view) => view.operations.list({ limit: 100 }))
    .map(({ opId }) => opId)
    .toReversed();

const award = ({ counter }: Station, memberId: string, receiptNumber: string) =>
  counter.award(
    { requestId: uuidv7(), memberId, purchase: { receiptNumber, amountFen: 20_000 }, ruleId: "purchase", ruleVersion: 1 },
    clerk,
  );

/** A station that wrote five operations, and a copy of its file from when it had written three, on which it went on as another life. */
async function copiedBehind() {
  const base = mkdtempSync(join(tmpdir(), "counterfoil-put-back-"));
  onTestFinished(() => rmSync(base, { recursive: true, force: true }));
  const file = join(base, "station.db");
  const first = openTestStation({ file, mirror: { folder: join(base, "first"), mayMake: true } });
  const { memberId } = value(first.counter.createMember({ requestId: uuidv7(), name: "王小明", phones: ["13800000001"] }, clerk));
  value(first.counter.issueCard({ requestId: uuidv7(), memberId, card: { number: cardNumber(901) } }, clerk));
  value(award(first, memberId, "R-1"));
  await first.close();
  cpSync(file, join(base, "copy.db"));
  const again = openTestStation({ file, mirror: { folder: join(base, "first"), mayMake: true } });
  value(again.counter.redeem({ requestId: uuidv7(), memberId, planId: "tea", planVersion: 1, quantity: 1 }, clerk));
  value(award(again, memberId, "R-2"));
  const lost = again.ports.store.exchange((tx) => tx.outbox(3, { maxOperations: 10, maxBytes: 1_000_000 })).operations;
  const whole = logOf(again.ports.store);
  await again.close();

  const mirror = { folder: join(base, "second"), mayMake: true };
  const behind = openTestStation({ file: join(base, "copy.db"), mirror });
  value(award(behind, memberId, "R-3"));
  const recovered = lost.map((op) => ({ op, result: { seq: op.seq, state: "applied" as const, code: null, settle: null } }));
  return { behind, memberId, whole, recovered, mirror };
}

it("puts what was lost where it was in the log, and the books are whole", async () => {
  const { behind, memberId, whole, recovered } = await copiedBehind();
  const [own] = logOf(behind.ports.store).slice(3);
  behind.ports.store.exchange((tx) => tx.putBack(ownIncarnation, recovered));
  expect(logOf(behind.ports.store)).toEqual([...whole, own]);
  expect(behind.ports.store.read((view) => view.identity())?.earlierLives).toEqual([
    { incarnation: ownIncarnation, operations: 5, forkedAt: 3 },
  ]);
  // The receipt that came back is known, and the next entry follows the one that was written meanwhile.
  expect(award(behind, memberId, "R-2")).toMatchObject({ ok: false, error: { code: "RECEIPT_USED" } });
  value(award(behind, memberId, "R-4"));
  expect(await behind.upkeep.verify()).toMatchObject({ ok: true, damaged: [] });
  await behind.close();
});

it("takes nothing that does not follow what is there", async () => {
  const { behind, recovered } = await copiedBehind();
  const before = logOf(behind.ports.store);
  const putBack = (some: typeof recovered): unknown => behind.ports.store.exchange((tx) => tx.putBack(ownIncarnation, some));
  expect(() => putBack(recovered.slice(1))).toThrow("does not follow");
  expect(() => putBack(recovered.map(({ op, result }) => ({ op: { ...op, body: Buffer.from("{}") }, result })))).toThrow("does not follow");
  expect(logOf(behind.ports.store)).toEqual(before);
  await behind.close();
});

it("is in the mirror journal too, from which both lives are rebuilt", async () => {
  const { behind, recovered, mirror } = await copiedBehind();
  behind.ports.store.exchange((tx) => tx.putBack(ownIncarnation, recovered));
  const log = logOf(behind.ports.store);
  const self = behind.ports.store.read((view) => view.identity());
  await behind.close();

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
  expect(logOf(rebuilt)).toEqual(log);
  expect(rebuilt.read((view) => view.identity())).toEqual(self);
  rebuilt.close();
});
