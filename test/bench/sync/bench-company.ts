import { fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { uuidv7 } from "uuidv7";
import { makeCardHandles } from "#main/app/cards/card-handles.ts";
import { makeCounter, type Counter } from "#main/app/counter.ts";
import { noDevices } from "#main/app/devices/no-devices.ts";
import { Fault } from "#main/app/ports/fault.ts";
import type { HeadOfficeLine } from "#main/app/ports/head-office.ts";
import type { Store } from "#main/app/ports/store.ts";
import { openDatabase } from "#main/db/open-database.ts";
import { makeSqliteStore } from "#main/db/sqlite-store.ts";
import { isSignedBy, makeDeviceKey, publicKeyOf, signWith } from "#main/security/device-key.ts";
import { sealKey } from "#main/security/seal-key.ts";
import { enrol, type Signer } from "#main/sync/enrol.ts";
import { makeExchange, type Exchange } from "#main/sync/exchange.ts";
import { makeStationClock } from "#main/system/station-clock.ts";
import { sha256 } from "#main/db/sha256.ts";
import { startLocalPostgres } from "#server/db/local-postgres.ts";
import type { FeedKind, FeedRecords } from "#shared/contracts/sync/feed.ts";
import type { Operator } from "#shared/domain/staff/roles.ts";
import { dataKey, migrationsFolder, quietLog } from "#test/support/counter.ts";
import { makeHandClock } from "#test/support/hand-clock.ts";
import { plainPasswords } from "#test/support/plain-passwords.ts";
import { plainPins } from "#test/support/plain-pins.ts";
import { expectOk } from "#test/support/simulated-station.ts";
import { makeCountedNetwork, type Traffic } from "./counted-network.ts";
import type { Questions, Seat } from "./head-office.ts";

const signer: Signer = { makeDeviceKey, publicKeyOf, signWith, isSignedBy, sha256 };
const random = { bytes: (length: number) => randomBytes(length), uuid: () => uuidv7() };
/** What the counter does here needs none. */
const noLine: HeadOfficeLine = {
  isUp: () => false,
  act: () => Promise.reject(new Fault("NO_LINE")),
  find: () => Promise.reject(new Fault("NO_LINE")),
  draw: () => Promise.reject(new Fault("NO_LINE")),
};

export type Row = { readonly kind: FeedKind; readonly id: string; readonly record: FeedRecords[FeedKind] };

export type BenchStation = {
  readonly counter: Counter;
  readonly clerk: Operator;
  readonly store: Store;
  /** The conversation with head office, held only when it is asked for. */
  readonly exchange: Exchange;
  /** Its database. */
  readonly file: string;
  /** Writes what nobody measures without waiting for the disk at each commit. */
  readonly inARush: <T>(work: () => T) => T;
  /** What was put into the tables of this station, in its order. */
  readonly rowsRead: () => readonly Row[];
  /** What has gone over its line. */
  readonly traffic: () => Traffic;
  readonly close: () => void;
};

export type BenchCompany = {
  readonly station: (branchCode: string) => Promise<BenchStation>;
  /** A station on another copy of its file. */
  readonly openAgain: (file: string, clerk: Operator) => Promise<BenchStation>;
  /** What head office says that a member has. */
  readonly balanceOf: (memberNumber: string) => Promise<number>;
  /** What PostgreSQL alone takes of the operations that were handed over last, a second. */
  readonly rawRate: (count: number) => Promise<number>;
  /** Processor time that head office's process has used so far, its database's left out. */
  readonly headOfficeCpuMs: () => Promise<number>;
  readonly close: () => Promise<void>;
};

/**
 * A durable PostgreSQL, head office served over HTTP on the loopback by a process of its own, and as many stations on encrypted files as are
 * asked for, in this one.
 */
export async function openBenchCompany(folder: string): Promise<BenchCompany> {
  const postgres = await startLocalPostgres({ dataDir: join(folder, "postgres"), log: () => undefined });
  const office = fork(fileURLToPath(new URL("head-office.ts", import.meta.url)), [postgres.url]);
  const clock = makeHandClock();
  let stations = 0;

  /** One question at a time. */
  async function ask<K extends keyof Questions>(kind: K, asked: Questions[K]["asked"]): Promise<Questions[K]["told"]> {
    office.send({ kind, ...asked });
    const [told] = (await once(office, "message")) as [Questions[K]["told"]];
    return told;
  }

  /** A station on what its file holds; one that is not enrolled yet takes a seat. */
  async function open(file: string, clerk: Operator, seat?: Seat): Promise<BenchStation> {
    const database = openDatabase(file, dataKey, migrationsFolder);
    const stationClock = makeStationClock({ wallMs: clock.nowMs, monotonicMs: clock.nowMs }, null);
    const store = makeSqliteStore(database, { clock: stationClock, random });
    const { network, traffic } = makeCountedNetwork();
    if (seat) expectOk(await enrol({ store, random, signer, network, appVersion: "bench" }, seat));
    const rows: Row[] = [];
    const exchange = makeExchange({
      store: noting(store, rows),
      clock: stationClock,
      random,
      signer,
      network,
      log: quietLog,
      appVersion: "bench",
      dataKey,
      sealKey,
    });
    const handles = makeCardHandles({ clock: stationClock, random });
    const ports = {
      store,
      clock: stationClock,
      random,
      passwords: plainPasswords,
      pins: plainPins,
      handles,
      log: quietLog,
      devices: noDevices,
    };
    return {
      counter: makeCounter({ ...ports, headOffice: noLine }, undefined),
      clerk,
      store,
      exchange,
      file,
      inARush(work) {
        database.sqlite.pragma("synchronous = OFF");
        try {
          return work();
        } finally {
          database.sqlite.pragma("synchronous = FULL");
        }
      },
      rowsRead: () => rows,
      traffic,
      close: () => store.close(),
    };
  }

  async function station(branchCode: string): Promise<BenchStation> {
    stations += 1;
    const seat = await ask("seat", { branchCode });
    return open(join(folder, `station-${stations}.db`), seat.clerk, seat);
  }

  return {
    station,
    openAgain: (file, clerk) => open(file, clerk),
    rawRate: (count) => ask("rawRate", { count }),
    headOfficeCpuMs: () => ask("cpuMs", {}),
    balanceOf: (memberNumber) => ask("balance", { memberNumber }),
    async close() {
      office.disconnect();
      await once(office, "exit");
      await postgres.stop();
    },
  };
}

/** The same store, which notes each row that the feed puts. */
function noting(store: Store, rows: Row[]): Store {
  return {
    ...store,
    hear: (work) =>
      store.hear((tx) =>
        work({
          ...tx,
          putRow: (kind, id, record, version, asOfMs) => {
            rows.push({ kind, id, record });
            tx.putRow(kind, id, record, version, asOfMs);
          },
        }),
      ),
  };
}
