import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ok, err } from "#shared/std/result.ts";
import type { SetupState } from "#shared/contracts/setup.ts";
import type { StationEvent, StationStatus } from "#shared/contracts/station.ts";
import { businessDateOf } from "#shared/domain/time/business-date.ts";
import { makeRouter, type StationRouter } from "#main/api/router.ts";
import { Fault } from "#main/app/ports/fault.ts";
import type { Logger } from "#main/app/ports/logger.ts";
import type { StationDoor } from "#main/app/ports/station-door.ts";
import { openPracticeReader, openReader } from "#main/open-reader.ts";
import { samplePassword, sampleStaff } from "#main/sample/company.ts";
import { startHeadOfficeProcess, type HeadOfficeProcess, type HeadOfficeProgram } from "#main/sample/head-office-process.ts";
import { makeSample, sampleFolder, sampleSize } from "#main/sample/make-sample.ts";
import { argon2Passwords } from "#main/security/passwords.ts";
import { openCore, type CoreOptions, type StationCore } from "#main/station-core.ts";
import { systemRandom } from "#main/system/random.ts";
import { machineClocks, makeStationClock } from "#main/system/station-clock.ts";

export type Station = {
  readonly router: StationRouter;
  readonly close: () => Promise<void>;
};

export type StationOptions = {
  /** Holds `station.db`, or `sample/` with a head office and stations of its own. */
  readonly dataDir: string;
  /** 32 bytes. */
  readonly dataKey: Uint8Array;
  /** Serial path of a magnetic stripe reader. */
  readonly reader?: { readonly path: string } | undefined;
  readonly log: Logger;
};

export const appVersion = "0.1.0";
/** The folder of package.json: the same from the sources, from a bundle and from a packed archive. */
const rootAbove = (folder: string): string => (existsSync(join(folder, "package.json")) ? folder : rootAbove(dirname(folder)));
const fromRoot = (path: string): string => join(rootAbove(import.meta.dirname), path);
const headOfficeProgram: HeadOfficeProgram = { executable: process.execPath, arguments: [fromRoot("src-server/main.ts")] };

/** Opens the station of a data folder: what is there, or an empty one that waits to be set up. */
export async function openStation(options: StationOptions): Promise<Station> {
  const { dataDir, log } = options;
  const folder = sampleFolder(dataDir);
  const ownFile = join(dataDir, "station.db");
  const listeners = new Set<(event: StationEvent) => void>();
  const publish = (event: StationEvent): void => {
    for (const listener of listeners) listener(event);
  };

  let core: StationCore | undefined;
  let headOffice: HeadOfficeProcess | undefined;
  let progress: SetupState["progress"] = null;
  let hasFailed = false;
  let setUp: Promise<unknown> | undefined;

  const shared: Omit<CoreOptions, "file" | "makeClock"> = {
    dataKey: options.dataKey,
    migrationsFolder: fromRoot("drizzle/branch"),
    random: systemRandom,
    passwords: argon2Passwords,
    timers: {
      sleep: async (ms, signal) => {
        await sleep(ms, undefined, { signal, ref: false }).catch(() => undefined);
      },
      random: Math.random,
    },
    log,
    appVersion,
  };
  const open = (file: string, isSample: boolean): StationCore => {
    const opened = openCore({
      ...shared,
      file,
      makeClock: (lastContactMs) => makeStationClock(machineClocks, lastContactMs),
      ...(options.reader
        ? { reader: openReader(options.reader.path), readerPort: options.reader.path }
        : isSample
          ? openPracticeReader()
          : {}),
    });
    opened.subscribe(publish);
    return opened;
  };

  if (existsSync(folder.note)) {
    const { port } = JSON.parse(readFileSync(folder.note, "utf8")) as { port: number };
    // A sample whose head office does not come up is a station whose line is down.
    headOffice = await startHeadOfficeProcess(headOfficeProgram, folder.headOffice, port).catch((cause: unknown) => {
      log.warn({ code: cause instanceof Fault ? cause.code : "INTERNAL" }, "the sample's head office did not start");
      return undefined;
    });
    core = open(folder.stationFile("A"), true);
  } else if (existsSync(ownFile)) core = open(ownFile, false);

  const isReady = (): boolean => core?.isEnrolled() === true && progress === null;
  const setupState = (): SetupState => ({
    state: progress ? "working" : isReady() ? "ready" : "empty",
    isSample: core?.isSample() ?? false,
    progress,
    hasFailed,
    sampleAccounts:
      isReady() && core?.isSample()
        ? sampleStaff.filter(({ branch }) => branch === "A").map(({ userName, role }) => ({ userName, role, password: samplePassword }))
        : [],
  });

  const door: StationDoor = {
    counter: () => {
      if (!core || !isReady()) throw new Fault("NOT_ENROLLED");
      return core.counter;
    },
    setupState,
    tryIt: () => {
      if (setupState().state !== "empty" || core) return Promise.resolve(err({ code: "ALREADY_SET_UP" as const }));
      progress = { step: "headOffice", done: 0 };
      hasFailed = false;
      setUp = fillSample();
      return Promise.resolve(ok(setupState()));
    },
    enrol: async (input) => {
      if (isReady() || progress) return err({ code: "ALREADY_SET_UP" });
      core ??= open(ownFile, false);
      const enrolled = await core.enrol(input);
      if (!enrolled.ok) return enrolled;
      await core.exchangeNow();
      publish({ type: "status", status: core.status() });
      return ok(setupState());
    },
    status: () => core?.status() ?? emptyStatus(),
    exchangeNow: async () => {
      if (!core) throw new Fault("NOT_ENROLLED");
      return core.exchangeNow();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };

  async function fillSample(): Promise<void> {
    try {
      headOffice = await makeSample({
        folder,
        size: sampleSize,
        program: headOfficeProgram,
        core: shared,
        nowMs: machineClocks.wallMs(),
        onProgress: (now) => {
          progress = now;
        },
        breathe: () => sleep(0),
      });
      core = open(folder.stationFile("A"), true);
    } catch (cause) {
      hasFailed = true;
      log.error(
        { code: cause instanceof Fault ? cause.code : "INTERNAL", error: cause instanceof Error ? cause.message : "" },
        "the sample could not be made",
      );
    } finally {
      progress = null;
      publish({ type: "status", status: door.status() });
    }
  }

  return {
    router: makeRouter(door, { log, random: systemRandom }),
    close: async () => {
      await setUp;
      await core?.close();
      await headOffice?.stop();
    },
  };
}

const emptyStatus = (): StationStatus => ({
  branch: null,
  stationNumber: null,
  isSample: false,
  businessDate: businessDateOf(machineClocks.wallMs()),
  reader: { state: "none", port: null, hint: null },
  sync: { line: "offline", lastContactMs: null, waitingOperations: 0, oldestWaitingMs: null, quarantinedOperations: 0, refusedBy: null },
  clock: { isInDoubt: false, offByMs: 0 },
});
