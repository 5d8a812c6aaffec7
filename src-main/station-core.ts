import type { StationEvent, StationStatus } from "#shared/contracts/station.ts";
import { keyIdOf } from "#shared/domain/recovery/key-id.ts";
import { makeCardHandles } from "#main/app/cards/card-handles.ts";
import { makeDrawForSwipe } from "#main/app/points/draw-for-swipe.ts";
import { makeReceiveSwipe } from "#main/app/cards/receive-swipe.ts";
import { makeCounter } from "#main/app/counter.ts";
import { noDevices } from "#main/app/devices/no-devices.ts";
import { makeGiveUpRights } from "#main/app/exchange/give-up-rights.ts";
import { makeRelease } from "#main/app/exchange/release.ts";
import type { Clock } from "#main/app/ports/clock.ts";
import { Fault } from "#main/app/ports/fault.ts";
import type { Logger } from "#main/app/ports/logger.ts";
import type { Probe } from "#main/app/ports/probe.ts";
import type { PracticeReader } from "#main/app/practice/practice.ts";
import type { Pins } from "#main/app/ports/pins.ts";
import type { Passwords } from "#main/app/ports/passwords.ts";
import type { Ports } from "#main/app/ports/ports.ts";
import type { Store } from "#main/app/ports/store.ts";
import type { Random } from "#main/app/ports/random.ts";
import { makeForgetInCopies } from "#main/app/upkeep/forget-in-copies.ts";
import { usualPlan } from "#main/app/upkeep/keep-backups.ts";
import { makeUpkeep, type Upkeep } from "#main/app/upkeep/upkeep.ts";
import { makeStatus } from "#main/app/session/status.ts";
import { openDatabase, type WrittenThrough } from "#main/db/open-database.ts";
import { sha256 } from "#main/db/sha256.ts";
import { backupFolder, makeBackupShelf } from "#main/db/upkeep/backup-shelf.ts";
import { openTakeover } from "#main/db/snapshot/open-takeover.ts";
import { makeSqliteStore } from "#main/db/sqlite-store.ts";
import { runBeside } from "#main/db/upkeep/run-beside.ts";
import { makeStandingStore } from "#main/db/standing-store.ts";
import { makeMeta } from "#main/db/stores/meta.ts";
import type { DeviceManager } from "#main/devices/manager/device-manager.ts";
import { sealKey } from "#main/security/seal-key.ts";
import { printRecoveryKey } from "#main/security/recovery-key.ts";
import { isSignedBy, makeDeviceKey, publicKeyOf, signWith } from "#main/security/device-key.ts";
import { openDurability, type MirrorAt } from "#main/open-durability.ts";
import { makeBootstrap } from "#main/sync/bootstrap.ts";
import { enrol, type Signer } from "#main/sync/enrol.ts";
import { makeSoon, makeWhenQuiet } from "#main/system/soon.ts";
import { makeExchange } from "#main/sync/exchange.ts";
import { systemNetwork, type Network } from "#main/sync/http-line.ts";
import { makeSyncLoop, type LoopTimers } from "#main/sync/sync-loop.ts";

export type CoreOptions = {
  /** Path of `station.db`. */
  readonly file: string;
  readonly dataKey: Uint8Array;
  readonly migrationsFolder: string;
  readonly writtenThrough?: WrittenThrough | undefined;
  /** @param lastContactMs when head office was last heard, from before this run; null when never */
  readonly makeClock: (lastContactMs: number | null) => Clock;
  readonly random: Random;
  readonly passwords: Passwords;
  readonly pins: Pins;
  readonly timers: LoopTimers;
  /** This computer's own, unless a simulation has another. */
  readonly network?: Network | undefined;
  readonly log: Logger;
  readonly appVersion: string;
  /** None for a generator that begins again after a power cut. */
  readonly mirror?: MirrorAt | undefined;
  /** Where copies of the database lie; a sample, which can be made again, has no plan of them. */
  readonly backups?: { readonly folder: string; readonly isPlanned: boolean } | undefined;
  /** What hangs on this computer; nothing when a program drives the station. */
  readonly devices?: DeviceManager | undefined;
  /** For one command: no port is opened, since opening one resets some devices. */
  readonly leavesPortsClosed?: boolean | undefined;
  /** How far behind the directory has to be to come as one file; less only in tests. */
  readonly snapshotsFromRows?: number | undefined;
  /** For the tool that kills stations. */
  readonly probe?: Probe | undefined;
  /** Fingerprint of this computer, where it has one. */
  readonly machine?: string | null | undefined;
  /** In a sample: what swipes without hardware. */
  readonly practiceReader?: PracticeReader | undefined;
};

/** The counter has paused: long enough for a customer to have gone, shorter than it takes the log to grow. */
const quietMs = 2_000;

export type StationCore = ReturnType<typeof openCore>;

const signer: Signer = { makeDeviceKey, publicKeyOf, signWith, isSignedBy, sha256 };

/** One open station: its database, what may be done with it, its exchange with head office, its devices. */
export function openCore(options: CoreOptions) {
  const { random, passwords, pins, log, network = systemNetwork } = options;
  const database = openDatabase(options.file, options.dataKey, options.migrationsFolder, options);
  const clock = options.makeClock(makeMeta(database).int("lastContactMs") || null);
  const { file, dataKey, migrationsFolder } = options;
  const standing = makeStandingStore({
    first: database,
    open: () => openDatabase(file, dataKey, migrationsFolder, options),
    storeOn: (opened) => makeSqliteStore(opened, { clock, random, probe: options.probe }),
  });
  const { store } = standing;
  const durability = openDurability({ ...options, store, clock });
  const { appVersion, probe } = options;
  const exchange = makeExchange({ store, clock, random, signer, log, appVersion, dataKey, sealKey, network, probe });
  const bootstrap = makeBootstrap({
    exchange,
    store,
    signer,
    takeover: openTakeover(standing, { file, key: dataKey, migrationsFolder, build: runBeside }),
    log,
    fromRows: options.snapshotsFromRows,
    ready: () => loop.hint(),
    oneMoment: async () => {
      loop.sayOneMoment();
      await network.breathe();
    },
  });
  const loop = makeSyncLoop({
    exchange,
    bootstrap,
    store,
    release: makeRelease({ store, clock, random }),
    giveUpRights: makeGiveUpRights({ store, random }),
    timers: options.timers,
    log,
  });
  const ports: Ports = {
    store,
    clock,
    random,
    passwords,
    pins,
    headOffice: loop.headOffice,
    handles: makeCardHandles({ clock, random }),
    log,
    devices: options.devices ?? noDevices,
  };

  const listeners = new Set<(event: StationEvent) => void>();
  const publish = (event: StationEvent): void => {
    for (const listener of listeners) listener(event);
  };
  const status = makeStatus(ports, { line: loop.state, heads: exchange.heads, mirror: durability.mirrorStatus });
  // Once for all that happens in one go, and after the answer: nobody at the counter waits for the strip.
  const statusSoon = makeSoon(() => publish({ type: "status", status: status() }));
  const publishStatus = statusSoon.ask;
  // Moving the write-ahead log into the file takes as long as many commits: it is done while nobody is served.
  const tidyWhenQuiet = makeWhenQuiet(() => store.tidy(), quietMs);
  // Copies are long to write anew; what they still say of somebody who was forgotten is sealed as it was before.
  const forgetWhenQuiet = makeWhenQuiet(() => void upkeep.forget().catch(sayNotForgotten), quietMs);
  const sayNotForgotten = (cause: unknown): void =>
    log.error({ code: cause instanceof Fault ? cause.code : "INTERNAL" }, "somebody who was forgotten is still in a copy");

  store.onChange(({ memberIds, wroteOperations, movedStock }) => {
    for (const memberId of memberIds) publish({ type: "memberChanged", memberId });
    if (wroteOperations) {
      publish({ type: "journalChanged" });
      loop.hint();
    }
    if (movedStock) publish({ type: "stockChanged" });
    publishStatus();
    tidyWhenQuiet.ask();
  });
  loop.onState(() => {
    durability.afterConversation();
    publishStatus();
    if (store.read((view) => view.erasures.leftInCopies())) forgetWhenQuiet.ask();
  });
  if (options.devices) runDevices(options.devices, ports, { publish, publishStatus, log, areClosed: options.leavesPortsClosed ?? false });
  if (store.read((view) => view.identity())) loop.start();
  const upkeep = openUpkeep(options, { clock, store, forgetInJournal: durability.forgetInJournal });

  return {
    ports,
    counter: makeCounter(ports, options.practiceReader),
    status,
    isEnrolled: (): boolean => store.read((view) => view.identity()) !== undefined,
    /** Undefined for a station that is not enrolled. */
    headOfficeUrl: (): string | undefined => store.read((view) => view.identity())?.headOfficeUrl,
    isSample: (): boolean => store.read((view) => view.identity())?.isSample ?? false,
    enrol: async (request: { readonly url: string; readonly code: string }) => {
      const enrolled = await enrol({ store, random, signer, network, appVersion }, request);
      if (enrolled.ok) loop.start();
      return enrolled;
    },
    exchangeNow: async (): Promise<StationStatus> => {
      await loop.exchangeNow();
      return status();
    },
    subscribe: (listener: (event: StationEvent) => void): (() => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    upkeep: {
      ...upkeep,
      recoveryKey: (): string => printRecoveryKey(dataKey),
      isKeyAtHeadOffice: (): boolean => store.read((view) => view.exchange.depositedKeyId()) === keyIdOf(sha256, dataKey),
    },
    close: async (): Promise<void> => {
      statusSoon.stop();
      tidyWhenQuiet.stop();
      forgetWhenQuiet.stop();
      await upkeep.stop();
      await options.devices?.close();
      await loop.stop();
      await bootstrap.stop();
      durability.close();
      store.close();
    },
  };
}

type Kept = { readonly clock: Clock; readonly store: Store; readonly forgetInJournal: () => boolean };

function openUpkeep(options: CoreOptions, { clock, ...kept }: Kept): Upkeep {
  const { file, dataKey, migrationsFolder, mirror, backups, timers, log } = options;
  const { folder, isPlanned } = backups ?? { folder: backupFolder(file), isPlanned: false };
  const shelf = makeBackupShelf({ file, key: dataKey, folder, migrationsFolder, journal: mirror?.folder });
  const forget = makeForgetInCopies({ ...kept, shelf, log });
  const upkeep = makeUpkeep({ shelf, forget, plan: usualPlan, wallMs: clock.wallMs, sleep: timers.sleep, log });
  if (isPlanned) upkeep.start();
  return upkeep;
}

type Surroundings = {
  readonly publish: (event: StationEvent) => void;
  readonly publishStatus: () => void;
  readonly log: Logger;
  readonly areClosed: boolean;
};

function runDevices(devices: DeviceManager, ports: Ports, { publish, publishStatus, log, areClosed }: Surroundings): void {
  const receiveSwipe = makeReceiveSwipe(ports);
  const drawForSwipe = makeDrawForSwipe(ports);
  devices.onStatus(publishStatus);
  devices.onChange(() => publish({ type: "devicesChanged" }));
  devices.onCard((event) => {
    try {
      const swiped = receiveSwipe(event);
      publish(swiped);
      if (swiped.type === "cardRead") drawForSwipe(swiped.card);
    } catch (cause) {
      // Nobody waits for the outcome of a swipe but the person at the counter, and it must not end the process.
      const code = cause instanceof Fault ? cause.code : "INTERNAL";
      log.error({ code }, "a card could not be looked up");
      publish({ type: "cardRefused", readId: ports.random.uuid(), code: "READ_FAILED", cause: code, cardHandle: null, last4: null });
    }
  });
  devices.setUp(ports.store.read((view) => view.devices.all()));
  if (!areClosed) void devices.start();
}
