import { fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { copyFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import Database from "better-sqlite3";
import { uuidv7 } from "uuidv7";
import { openDatabase } from "#main/db/open-database.ts";
import { sha256 } from "#main/db/sha256.ts";
import { makeSqliteStore } from "#main/db/sqlite-store.ts";
import { unlock } from "#main/db/unlock.ts";
import { isSignedBy, makeDeviceKey, publicKeyOf, signWith } from "#main/security/device-key.ts";
import { sealKey } from "#main/security/seal-key.ts";
import { makeExchange } from "#main/sync/exchange.ts";
import { systemNetwork } from "#main/sync/http-line.ts";
import { makeStationClock } from "#main/system/station-clock.ts";
import { dataKey, migrationsFolder, quietLog } from "#test/support/counter.ts";
import { makeHandClock } from "#test/support/hand-clock.ts";
import { asMultiple, type BenchResult } from "../result.ts";
import { must } from "./must.ts";

/** Of a large company; fewer for somebody in a hurry. */
const members = Number(process.env["COUNTERFOIL_BENCH_MEMBERS"] ?? 1_000_000);
/** A customer does not notice less than this. */
const waitMaxMs = 2_000;

/**
 * How long a station that joins a company writes the directory of all its members, the line left out, against a bare re-encryption of the
 * file that comes of it; and how long the counter stands still for it at a time.
 */
export async function benchBootstrap(folder: string): Promise<readonly BenchResult[]> {
  const [file, copy] = [join(folder, "joined.db"), join(folder, "re-encrypted.db")];
  const pages = fork(fileURLToPath(new URL("directory-pages.ts", import.meta.url)), [String(members)]);
  const [url] = (await once(pages, "message")) as [string];
  const { tookMs, waitedMs } = await readDirectory(file, url);
  pages.disconnect();
  const floorMs = reEncrypt(file, copy);
  for (const made of [file, copy]) rmSync(made);
  const bootstrap = { name: "sync", unit: "ms" } as const;
  return [
    asMultiple({ ...bootstrap, metric: `a directory of ${members} members comes` }, { value: tookMs, floor: floorMs }, 1.3),
    asMultiple({ ...bootstrap, metric: "the counter stands still meanwhile, at a time" }, { value: waitedMs, floor: waitMaxMs }, 1),
  ];
}

async function readDirectory(file: string, headOfficeUrl: string): Promise<{ readonly tookMs: number; readonly waitedMs: number }> {
  const { nowMs } = makeHandClock();
  const clock = makeStationClock({ wallMs: nowMs, monotonicMs: nowMs }, null);
  const random = { bytes: (length: number) => randomBytes(length), uuid: () => uuidv7() };
  const signer = { makeDeviceKey, publicKeyOf, signWith, isSignedBy, sha256 };
  const store = makeSqliteStore(openDatabase(file, dataKey, migrationsFolder), { clock, random });
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
      headOfficeKey: randomBytes(32),
      directoryKey: randomBytes(32),
      isSample: false,
    });
  });
  const exchange = makeExchange({
    store,
    clock,
    random,
    signer,
    network: systemNetwork,
    log: quietLog,
    appVersion: "bench",
    dataKey,
    sealKey,
  });
  must(await exchange.hello());
  const waits = monitorEventLoopDelay({ resolution: 1 });
  waits.enable();
  const startMs = performance.now();
  must(await exchange.pull(0));
  const tookMs = performance.now() - startMs;
  waits.disable();
  store.close();
  return { tookMs, waitedMs: waits.max / 1e6 };
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
