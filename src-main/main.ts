import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { makeRouter, type StationRouter } from "#main/api/router.ts";
import type { Logger } from "#main/app/ports/logger.ts";
import { mirrorFolder } from "#main/mirror/mirror-folder.ts";
import type { UpdateDriver } from "#main/app/ports/updates.ts";
import { noUpdates } from "#main/app/updates/no-updates.ts";
import { openDoor } from "#main/open-door.ts";
import { inChildProcess, type HeadOfficeProgram } from "#main/sample/head-office-program.ts";
import { argon2Passwords } from "#main/security/passwords.ts";
import { argon2Pins } from "#main/security/pins.ts";
import type { CoreOptions } from "#main/station-core.ts";
import { machineFingerprint } from "#main/system/machine.ts";
import { systemRandom } from "#main/system/random.ts";

/** An open station, as the shells serve it. */
export type Station = {
  readonly router: StationRouter;
  readonly waitingOperations: () => number;
  readonly wake: () => void;
  readonly close: () => Promise<void>;
};

export type StationOptions = {
  readonly dataDir: string;
  /** 32 bytes: the key of everything in the data folder. */
  readonly dataKey: Uint8Array;
  /** Serial path of a magnetic stripe reader. */
  readonly reader?: { readonly path: string } | undefined;
  /** A folder on another volume for the mirror journal, as the command line gave it. */
  readonly journal?: string | undefined;
  /** Runs the head office of a sample; without one, its sources run under our own Node. */
  readonly headOfficeProgram?: HeadOfficeProgram | undefined;
  /** For one command: no port is opened. */
  readonly leavesPortsClosed?: boolean | undefined;
  /** How this shell comes to new versions; without one, it does not. */
  readonly updateDriver?: UpdateDriver | undefined;
  readonly log: Logger;
};

/** The folder of package.json: the same from the sources, from a bundle and from a packed archive. */
const rootAbove = (folder: string): string => (existsSync(join(folder, "package.json")) ? folder : rootAbove(dirname(folder)));
const fromRoot = (path: string): string => join(rootAbove(import.meta.dirname), path);

function readVersion(): string {
  const { version } = JSON.parse(readFileSync(fromRoot("package.json"), "utf8")) as { readonly version: string };
  return version;
}

/** What every core of this program is opened with: this machine's randomness, timers and name, and the tables of this version. */
export const machineCore = ({
  dataKey,
  log,
}: Pick<StationOptions, "dataKey" | "log">): Omit<CoreOptions, "file" | "makeClock" | "mirror"> => ({
  dataKey,
  migrationsFolder: fromRoot("drizzle/branch"),
  random: systemRandom,
  passwords: argon2Passwords,
  pins: argon2Pins,
  timers: {
    // Ends early when the signal aborts, which is no error here.
    sleep: (ms, signal) => sleep(ms, undefined, { signal, ref: false }).catch(() => undefined),
    random: Math.random,
  },
  log,
  machine: machineFingerprint(),
  appVersion: readVersion(),
});

/**
 * Opens the station of a data folder, whatever it holds, and hands out what the shells serve.
 *
 * @throws Fault `STORAGE_…` when its database cannot be opened, read with this key or brought up to date
 */
export async function openStation({
  dataDir,
  dataKey,
  reader,
  journal,
  leavesPortsClosed,
  headOfficeProgram,
  updateDriver = noUpdates,
  log,
}: StationOptions): Promise<Station> {
  const door = openDoor({
    dataDir,
    readerPath: reader?.path,
    mirror: mirrorFolder({ dataDir, dataKey, given: journal }),
    updateDriver,
    headOfficeProgram: headOfficeProgram ?? inChildProcess(fromRoot("src-server/main.ts")),
    core: { ...machineCore({ dataKey, log }), leavesPortsClosed },
  });
  return {
    router: makeRouter(door, { log, random: systemRandom }),
    waitingOperations: () => door.status().sync.waitingOperations,
    wake: door.wake,
    close: door.close,
  };
}
