import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { err, ok } from "#shared/std/result.ts";
import type { SetupState } from "#shared/contracts/setup.ts";
import type { StationEvent, StationStatus } from "#shared/contracts/station.ts";
import { idleLockMinutes } from "#shared/domain/settings/idle-lock.ts";
import { businessDateOf } from "#shared/domain/time/business-date.ts";
import { Fault } from "#main/app/ports/fault.ts";
import type { StationDoor } from "#main/app/ports/station-door.ts";
import type { UpdateDriver, UpdateFeedPlace } from "#main/app/ports/updates.ts";
import { keepLooking } from "#main/app/updates/keep-looking.ts";
import { makeUpdates } from "#main/app/updates/updates.ts";
import { guardFiles } from "#main/mirror/guard-files.ts";
import type { MirrorFolder } from "#main/mirror/mirror-folder.ts";
import { openDevices } from "#main/open-devices.ts";
import { samplePassword, sampleStaff } from "#main/sample/company.ts";
import { startHeadOfficeProcess, type HeadOfficeProcess } from "#main/sample/head-office-process.ts";
import type { HeadOfficeProgram } from "#main/sample/head-office-program.ts";
import { makeSample, sampleFolder, sampleSizeOf } from "#main/sample/make-sample.ts";
import { backupFolder } from "#main/db/upkeep/backup-shelf.ts";
import { openCore, type CoreOptions, type StationCore } from "#main/station-core.ts";
import { machineClocks, makeStationClock } from "#main/system/station-clock.ts";

export type DoorOptions = {
  /** Holds `station.db`, or `sample/` with a head office and stations of its own. */
  readonly dataDir: string;
  /** What every core of this process is opened with. */
  readonly core: Omit<CoreOptions, "file" | "makeClock" | "mirror" | "devices" | "practiceReader">;
  /** Where the mirror journal of a station of one's own lies; a sample's lies beside its database. */
  readonly mirror: MirrorFolder;
  readonly headOfficeProgram: HeadOfficeProgram;
  readonly updateDriver: UpdateDriver;
  /** Serial path of a magnetic stripe reader. */
  readonly readerPath: string | undefined;
};

/** The branch of a sample at whose counter one sits. */
const ownBranch = "A";

/** Opens what the data folder holds: a station, a sample, or nothing yet, and leads from the last to one of the others. */
export function openDoor(options: DoorOptions): StationDoor & { readonly wake: () => void; readonly close: () => Promise<void> } {
  const { dataDir, readerPath, headOfficeProgram } = options;
  const { log } = options.core;
  const folder = sampleFolder(dataDir);
  const ownFile = join(dataDir, "station.db");
  const listeners = new Set<(event: StationEvent) => void>();
  const publish = (event: StationEvent): void => {
    for (const listener of listeners) listener(event);
  };

  let core: StationCore | undefined;
  let headOffice: Promise<HeadOfficeProcess | undefined> | undefined;
  let progress: SetupState["progress"] = null;
  let hasFailed = false;
  let isClosing = false;
  let filling: Promise<void> | undefined;

  const open = (file: string, isSample: boolean): StationCore => {
    const opened = openCore({
      ...options.core,
      file,
      backups: { folder: backupFolder(file), isPlanned: !isSample },
      mirror: isSample ? { folder: join(dirname(file), "mirror"), mayMake: true } : options.mirror,
      makeClock: (lastContactMs) => makeStationClock(machineClocks, lastContactMs),
      ...openDevices({ readerPath, isSample, wallMs: machineClocks.wallMs }),
    });
    opened.subscribe(publish);
    return opened;
  };

  if (existsSync(folder.note)) {
    const { port } = JSON.parse(readFileSync(folder.note, "utf8")) as { port: number };
    core = open(folder.stationFile(ownBranch), true);
    // After the counter itself, since nobody waits for it: until it is up, and if it never comes up, this is a station whose line is down.
    headOffice = startHeadOfficeProcess(headOfficeProgram, folder.headOffice, port).catch((cause: unknown) => {
      log.warn({ code: cause instanceof Fault ? cause.code : "INTERNAL" }, "the sample's head office did not start");
      return undefined;
    });
    void exchangeOnce(headOffice);
  } else if (existsSync(ownFile)) core = open(ownFile, false);
  else refuseLostDatabase(dataDir);

  /** The loop has tried already, and would wait a while before it tries again. */
  async function exchangeOnce(isUp: Promise<HeadOfficeProcess | undefined>): Promise<void> {
    if ((await isUp) && !isClosing) await core?.exchangeNow();
  }

  const isReady = (): boolean => core?.isEnrolled() === true && progress === null;
  const status = (): StationStatus => core?.status() ?? emptyStatus();
  const setupState = (): SetupState => ({
    state: progress ? "working" : isReady() ? "ready" : "empty",
    isSample: core?.isSample() ?? false,
    progress,
    hasFailed,
    sampleAccounts: isReady() && core?.isSample() ? sampleAccounts : [],
  });

  const feedPlace = (): UpdateFeedPlace | undefined => {
    const url = core?.headOfficeUrl();
    const branch = core?.status().branch?.code;
    return url !== undefined && branch !== undefined ? { url, branch } : undefined;
  };
  const updates = makeUpdates({
    driver: options.updateDriver,
    version: options.core.appVersion,
    place: feedPlace,
    nowMs: machineClocks.wallMs,
    onChange: () => publish({ type: "updatesChanged" }),
    log,
  });
  const looking = new AbortController();
  if (!options.updateDriver.offReason) void keepLooking(updates, options.core.timers, looking.signal);

  async function fillSample(): Promise<void> {
    try {
      // An enrolment that was tried before has left an empty station behind.
      await core?.close();
      core = undefined;
      const made = await makeSample({
        folder,
        size: sampleSizeOf(process.env["COUNTERFOIL_SAMPLE_MEMBERS"]),
        program: headOfficeProgram,
        core: options.core,
        nowMs: machineClocks.wallMs(),
        onProgress: (now) => {
          progress = now;
        },
        breathe: () => sleep(0),
      });
      headOffice = Promise.resolve(made);
      core = open(folder.stationFile(ownBranch), true);
    } catch (cause) {
      hasFailed = true;
      log.error(
        { code: cause instanceof Fault ? cause.code : "INTERNAL", error: cause instanceof Error ? cause.message : "" },
        "the sample could not be made",
      );
    } finally {
      progress = null;
      publish({ type: "status", status: status() });
    }
  }

  return {
    counter: () => {
      if (!core || !isReady()) throw new Fault("NOT_ENROLLED");
      return core.counter;
    },
    upkeep: () => {
      if (!core || !isReady()) throw new Fault("NOT_ENROLLED");
      return core.upkeep;
    },
    setupState,
    tryIt: () => {
      if (isReady() || progress) return Promise.resolve(err({ code: "ALREADY_SET_UP" as const }));
      progress = { step: "headOffice", done: 0 };
      hasFailed = false;
      filling = fillSample();
      return Promise.resolve(ok(setupState()));
    },
    enrol: async (input) => {
      if (isReady() || progress) return err({ code: "ALREADY_SET_UP" });
      core ??= open(ownFile, false);
      const enrolled = await core.enrol(input);
      if (!enrolled.ok) return enrolled;
      await core.exchangeNow();
      publish({ type: "status", status: status() });
      return ok({ ...setupState(), recoveryKey: core.upkeep.recoveryKey() });
    },
    status,
    updates,
    exchangeNow: async () => {
      if (!core) throw new Fault("NOT_ENROLLED");
      return core.exchangeNow();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    wake: () => {
      if (isReady()) void core?.exchangeNow();
    },
    close: async () => {
      isClosing = true;
      looking.abort();
      await filling;
      await core?.close();
      await (await headOffice)?.stop();
    },
  };
}

const sampleAccounts = sampleStaff
  .filter(({ branch }) => branch === ownBranch || branch === null)
  .map(({ userName, role }) => ({ userName, role, password: samplePassword }));

/** A folder that was a station's is not offered to somebody who would enrol it anew: what it wrote can be put back. */
function refuseLostDatabase(dataDir: string): void {
  if (guardFiles([dataDir]).read())
    throw new Fault("STORAGE_MISSING", { message: `${dataDir} was a station's, and its station.db is gone: run station rebuild.` });
}

/** The strip of a counter that is nobody's yet. */
const emptyStatus = (): StationStatus => ({
  branch: null,
  stationNumber: null,
  isSample: false,
  businessDate: businessDateOf(machineClocks.wallMs()),
  shiftSinceMs: null,
  reader: { state: "none", port: null, hint: null },
  readers: [],
  sync: {
    line: "offline",
    lastContactMs: null,
    waitingOperations: 0,
    oldestWaitingMs: null,
    quarantinedOperations: 0,
    rowsToCome: 0,
    refusedBy: null,
  },
  mirror: { state: "none", trouble: null, sinceMs: null },
  clock: { isInDoubt: false, offByMs: 0 },
  idleLockMinutes: idleLockMinutes.usual,
});
