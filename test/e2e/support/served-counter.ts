import { execFileSync } from "node:child_process";
import { rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { cardNumberOf } from "#shared/domain/cards/card-number.ts";
import { sampleCardKind } from "#main/sample/company.ts";
import { makeMsrSimulator } from "#main/devices/simulator/msr-serial.ts";
import { openPseudoTerminal } from "#main/devices/simulator/pseudo-terminal.ts";
import { startStation } from "#test/src-main/shell/cli/station-command.ts";

const wrongClock = new URL("wrong-clock.ts", import.meta.url).href;

export type ServedCounter = {
  readonly url: string;
  /** From now on the wall clock of its computer is so many milliseconds ahead, or behind. */
  readonly setClockWrong: (ms: number) => Promise<void>;
  /** Of the sample's head office, for its own commands. */
  readonly headOfficeFolder: string;
  /** Ends the sample's head office; all that the counter finds is a line on which nobody answers. */
  readonly cutLine: () => Promise<void>;
  /** Lets the sample's head office answer nobody while something is done: what the counter sends is on its way for so long. */
  readonly whileHeadOfficeIsBusy: (work: () => Promise<void>) => Promise<void>;
  /** Tells the program to end, and waits until it has. */
  readonly close: () => Promise<void>;
};

/**
 * A counter in a process of its own.
 *
 * @param readerPath serial port of its reader, if it has one
 */
export async function serveCounter(data: string, readerPath?: string): Promise<ServedCounter> {
  const clockFile = join(data, "wrong-clock");
  const reader = readerPath === undefined ? [] : ["--reader", readerPath];
  const station = startStation(["serve", "--data", data, ...reader, "--json"], {
    env: { NODE_OPTIONS: `--import ${wrongClock}`, COUNTERFOIL_WRONG_CLOCK: clockFile },
  });
  const { value } = await station.lines.next();
  const { url } = JSON.parse(value) as { url: string };
  /** The only child of the counter. */
  const headOffice = (): number => Number(execFileSync("pgrep", ["-P", String(station.child.pid)], { encoding: "utf8" }));
  return {
    url,
    setClockWrong: (ms) => writeFile(clockFile, String(ms)),
    headOfficeFolder: join(data, "sample", "head-office"),
    cutLine: async () => {
      const pid = headOffice();
      process.kill(pid, "SIGTERM");
      while (isRunning(pid)) await sleep(50);
    },
    whileHeadOfficeIsBusy: async (work) => {
      const pid = headOffice();
      process.kill(pid, "SIGSTOP");
      try {
        await work();
      } finally {
        process.kill(pid, "SIGCONT");
      }
    },
    close: async () => {
      station.child.kill("SIGTERM");
      await station.ended;
    },
  };
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

export type ReaderOnTheCounter = {
  /** Stays the same when the reader is unplugged and plugged in again, as a udev name does. */
  readonly path: string;
  readonly swipe: (cardNumber: string) => Promise<void>;
  /** A swipe of which only the beginning reaches the line. */
  readonly swipeBadly: (cardNumber: string) => Promise<void>;
  readonly plugIn: () => Promise<void>;
  readonly unplug: () => Promise<void>;
};

/** A magnetic stripe reader on a pseudo-terminal. */
export async function putUpReader(folder: string): Promise<ReaderOnTheCounter> {
  const path = join(folder, "reader");
  const plugged = async () => {
    const line = await openPseudoTerminal();
    await symlink(line.path, path);
    return makeMsrSimulator(line);
  };
  let reader = await plugged();
  return {
    path,
    swipe: (track2) => reader.swipe({ track2 }),
    swipeBadly: (track2) => reader.swipe({ track2 }, { cutAtByte: 6 }),
    plugIn: async () => {
      reader = await plugged();
    },
    unplug: async () => {
      reader.unplug();
      await rm(path);
    },
  };
}

/** The n-th card of the sample: the first ones are members', those far behind are blank. */
export const sampleCard = (n: number): string => cardNumberOf(sampleCardKind, n);
