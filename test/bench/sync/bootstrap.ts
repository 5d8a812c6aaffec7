import { fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { copyFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { setTimeout as sleep } from "node:timers/promises";
import Database from "better-sqlite3";
import { uuidv7 } from "uuidv7";
import { openDatabase } from "#main/db/open-database.ts";
import { sha256 } from "#main/db/sha256.ts";
import { openTakeover } from "#main/db/snapshot/open-takeover.ts";
import { makeSqliteStore } from "#main/db/sqlite-store.ts";
import { makeStandingStore } from "#main/db/standing-store.ts";
import { unlock } from "#main/db/unlock.ts";
import { runBeside } from "#main/db/upkeep/run-beside.ts";
import { isSignedBy, makeDeviceKey, publicKeyOf, signWith } from "#main/security/device-key.ts";
import { sealKey } from "#main/security/seal-key.ts";
import { makeBootstrap } from "#main/sync/bootstrap.ts";
import { makeExchange } from "#main/sync/exchange.ts";
import { makeStationClock } from "#main/system/station-clock.ts";
import { dataKey, directoryKey, migrationsFolder, quietLog } from "#test/support/counter.ts";
import { makeHandClock } from "#test/support/hand-clock.ts";
import type { Store } from "#main/app/ports/store.ts";
import { streams } from "#shared/contracts/sync/feed.ts";
import { asMultiple, type BenchResult } from "../result.ts";
import { makeCountedNetwork, trafficSince, type Traffic } from "./counted-network.ts";
import { must } from "./must.ts";

/** Of a large company; fewer for somebody in a hurry. */
const members = Number(process.env["COUNTERFOIL_BENCH_MEMBERS"] ?? 1_000_000);
/** A customer does not notice less than this. */
const waitMaxMs = 2_000;

/** Of the line, as few as a member's row of the directory can be made. */
const memberBytesMax = 90;

/** What it may cost to see that a copy is right, and to find and mend the one row that is not. */
const compareMax = { equalBytes: 2_048, mendBytes: 65_536, mendRequests: 3 };

/** As much as a counter writes in some months: it goes over into the new file. */
const operations = 60_000;

/**
 * How long a station that joins a company takes for the directory of all its members, the line left out, against a bare re-encryption of the
 * file that comes of it; and how long the counter stands still for it at a time.
 */
export async function benchBootstrap(folder: string): Promise<readonly BenchResult[]> {
  const [file, copy] = [join(folder, "joined.db"), join(folder, "re-encrypted.db")];
  const headOfficeKey = makeDeviceKey();
  const program = fileURLToPath(new URL("directory-file.ts", import.meta.url));
  const made = fork(program, [String(members), Buffer.from(headOfficeKey).toString("hex")]);
  const [url] = (await once(made, "message")) as [string];
  const { tookMs, waitedMs, receivedBytes, equal, mended } = await takeDirectory(file, url, publicKeyOf(headOfficeKey));
  made.disconnect();
  const floorMs = reEncrypt(file, copy);
  for (const each of [file, copy]) rmSync(each);
  const bootstrap = { name: "sync", unit: "ms" } as const;
  return [
    asMultiple({ ...bootstrap, metric: `a directory of ${members} members comes` }, { value: tookMs, floor: floorMs }, 1.3),
    asMultiple(
      { ...bootstrap, unit: "bytes", metric: "of the line, a member of a directory that comes as a file" },
      { value: receivedBytes / members, floor: memberBytesMax },
      1,
    ),
    asMultiple({ ...bootstrap, metric: "the counter stands still meanwhile, at a time" }, { value: waitedMs, floor: waitMaxMs }, 1),
    asMultiple(
      { name: "sync", unit: "bytes", metric: `${members} rows are compared that are equal` },
      { value: bytesOf(equal), floor: compareMax.equalBytes },
      1,
    ),
    asMultiple(
      { name: "sync", unit: "bytes", metric: `one damaged row of ${members} is mended` },
      { value: bytesOf(mended), floor: compareMax.mendBytes },
      1,
    ),
    asMultiple(
      { name: "sync", unit: "requests", metric: `one damaged row of ${members} is mended` },
      { value: mended.requests, floor: compareMax.mendRequests },
      1,
    ),
  ];
}

async function takeDirectory(
  file: string,
  headOfficeUrl: string,
  headOfficeKey: Uint8Array,
): Promise<{
  readonly tookMs: number;
  readonly waitedMs: number;
  readonly receivedBytes: number;
  readonly equal: Traffic;
  readonly mended: Traffic;
}> {
  const { nowMs } = makeHandClock();
  const clock = makeStationClock({ wallMs: nowMs, monotonicMs: nowMs }, null);
  const random = { bytes: (length: number) => randomBytes(length), uuid: () => uuidv7() };
  const signer = { makeDeviceKey, publicKeyOf, signWith, isSignedBy, sha256 };
  const open = () => openDatabase(file, dataKey, migrationsFolder);
  const standing = makeStandingStore({ first: open(), open, storeOn: (database) => makeSqliteStore(database, { clock, random }) });
  const { store } = standing;
  store.exchange((tx) => {
    tx.keepDeviceKey(makeDeviceKey());
    tx.enrolled({
      replica: 1,
      incarnation: "0011223344556677",
      earlierLives: [],
      branchId: "branch",
      serverId: "server",
      serverEpoch: 1,
      headOfficeUrl,
      headOfficeKey,
      directoryKey,
      isSample: false,
    });
  });
  writeOperations(standing.database().sqlite);
  const { network, traffic } = makeCountedNetwork();
  const exchange = makeExchange({
    store,
    clock,
    random,
    signer,
    network,
    log: quietLog,
    appVersion: "bench",
    dataKey,
    sealKey,
  });
  must(await exchange.hello());
  const isBuilt = Promise.withResolvers<void>();
  const takeover = openTakeover(standing, { file, key: dataKey, migrationsFolder, build: runBeside });
  const { oneMoment, ready } = { oneMoment: async () => undefined, ready: isBuilt.resolve };
  const bootstrap = makeBootstrap({ exchange, store, signer, takeover, log: quietLog, ready, oneMoment, fromRows: 1 });
  const waits = monitorEventLoopDelay({ resolution: 1 });
  waits.enable();
  const startMs = performance.now();
  await bootstrap.ask();
  await isBuilt.promise;
  await bootstrap.takePlace();
  const tookMs = performance.now() - startMs;
  // What held the program up at the very end is noticed a turn later.
  await sleep(20);
  waits.disable();
  const hasAll = standing.database().sqlite.prepare("SELECT count(*) FROM directory").pluck().get() === members;
  takeover.greeted();
  if (!hasAll) throw new Error("the directory did not come");
  const { receivedBytes } = traffic();
  must(await exchange.hello());
  const exchanged = async (): Promise<Traffic> => {
    const before = traffic();
    must(await exchange.pull(0));
    return trafficSince(traffic(), before);
  };
  const equal = await exchanged();
  damageOne(store);
  const mended = await exchanged();
  const isMended = store.read((view) => view.exchange.mended())?.rows === 1;
  store.close();
  if (!isMended) throw new Error("the damaged row was not mended");
  return { tookMs, waitedMs: waits.max / 1e6, receivedBytes, equal, mended };
}

const bytesOf = ({ sentBytes, receivedBytes }: Traffic): number => sentBytes + receivedBytes;

/** Some row in the middle, noted as what it became: as a station notes it when it has looked it over. */
function damageOne(store: Store): void {
  store.exchange((tx) => {
    const [row] = tx.toldAfter(streams.directory, { kind: "directory", id: "01931b66-7a00-7000-8000-000000000100" }, 1);
    const known = row && tx.directory.find(row.id);
    if (!known) throw new Error("there is nobody to damage");
    const doc = { ...known, nameMasked: "错" };
    tx.putRow("directory", known.memberId, doc, 1, 0);
    tx.told(streams.directory, { kind: "directory", id: known.memberId, ver: 1, doc });
  });
}

/** Awards as large as usual, written past the counter: only their bytes count here. */
function writeOperations(sqlite: Database.Database): void {
  const columns = "op_id, hlc, type, version, body, personal, prev, hash, member_id, business_date, at_ms";
  const values = "printf('%036d', n), printf('%016x', n), 'points.award', 1, randomblob(400), NULL, randomblob(32), randomblob(32)";
  const numbers = `WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${operations})`;
  sqlite.exec(`${numbers} INSERT INTO operation (${columns}) SELECT ${values}, printf('%036d', n % 5000), '2026-05-12', n FROM numbers`);
}

/** Every page of a copy under another key, as SQLite does it by itself. */
function reEncrypt(file: string, copy: string): number {
  copyFileSync(file, copy);
  const sqlite = new Database(copy);
  unlock(sqlite, dataKey);
  sqlite.pragma("journal_mode = DELETE");
  const startMs = performance.now();
  sqlite.pragma(`rekey="x'${randomBytes(32).toString("hex")}'"`);
  sqlite.close();
  return performance.now() - startMs;
}
