import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Operator } from "#shared/domain/staff/roles.ts";
import type { MirrorContents } from "#main/app/ports/mirror.ts";
import type { Probe } from "#main/app/ports/probe.ts";
import type { MirrorFolder } from "#main/mirror/mirror-folder.ts";
import { makeMirrorPlace } from "#main/mirror/open-mirror.ts";
import { diskVolume, type Volume } from "#main/mirror/volume.ts";
import { argon2Passwords } from "#main/security/passwords.ts";
import { argon2Pins } from "#main/security/pins.ts";
import { openCore, type CoreOptions, type StationCore } from "#main/station-core.ts";
import { systemRandom } from "#main/system/random.ts";
import { machineClocks, makeStationClock } from "#main/system/station-clock.ts";
import { migrationsFolder, quietLog } from "#test/support/counter.ts";

export const dataKey = Buffer.alloc(32, 7);
export const clerkName = "chen";
export const purchaseRule = "purchase";

/** What the program itself gives to a station, with a key that tests know. */
export const crashCore: Omit<CoreOptions, "file" | "makeClock" | "mirror"> = {
  machine: "this computer",
  dataKey,
  migrationsFolder,
  random: systemRandom,
  passwords: argon2Passwords,
  pins: argon2Pins,
  timers: {
    sleep: (ms, signal) => sleep(ms, undefined, { signal, ref: false }).catch(() => undefined),
    random: Math.random,
  },
  log: quietLog,
  appVersion: "test",
};

export const mirrorOf = (file: string): MirrorFolder => ({ folder: join(dirname(file), "mirror"), mayMake: true });

type Surroundings = {
  readonly volume?: Volume;
  readonly probe?: Probe;
  /** How much of its pauses it waits: one that is killed every moment tries the line that much sooner. */
  readonly patience?: number;
};

/** The station of a file as the program itself opens it: encrypted, on the machine's clocks, exchanging whenever it can. */
export const openCrashStation = (file: string, { volume = diskVolume, probe, patience = 1 }: Surroundings = {}): StationCore =>
  openCore({
    ...crashCore,
    file,
    timers: { ...crashCore.timers, sleep: (ms, signal) => crashCore.timers.sleep(ms * patience, signal) },
    mirror: { ...mirrorOf(file), volume },
    makeClock: (lastContactMs) => makeStationClock(machineClocks, lastContactMs),
    probe,
  });

/** The second copy as it lies on the disk. */
export const readMirrorOf = (file: string): MirrorContents =>
  makeMirrorPlace({ volume: diskVolume, ...mirrorOf(file), dataKey, wallMs: machineClocks.wallMs, log: quietLog }).read();

export function clerkOf({ ports }: StationCore): Operator {
  const record = ports.store.read((view) => view.staff.findByUserName(clerkName));
  if (!record) throw new Error("the clerk did not arrive with the first exchange");
  const { staffId, userName, displayName, role, branchId } = record;
  return { staffId, userName, displayName, role, branchId };
}
