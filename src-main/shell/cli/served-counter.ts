import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("station.mjs", import.meta.url));
const wrongClock = new URL("wrong-clock.mjs", import.meta.url).href;

/** A counter with a sample, as browser suites and pictures use it, and the troubles that its surroundings can be given. */
export type ServedCounter = {
  readonly url: string;
  /** From now on the wall clock of its computer, and of its head office's, is so many milliseconds ahead, or behind. */
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
  const station = spawn(process.execPath, [program, "serve", "--data", data, ...reader, "--json"], {
    stdio: ["ignore", "pipe", "ignore"],
    env: { ...process.env, NODE_OPTIONS: `--import ${wrongClock}`, COUNTERFOIL_WRONG_CLOCK: clockFile },
  });
  const ended = once(station, "close");
  const [line] = (await once(createInterface({ input: station.stdout }), "line")) as [string];
  const { url } = JSON.parse(line) as { url: string };
  /** The only child of the counter. */
  const headOffice = (): number => Number(execFileSync("pgrep", ["-P", String(station.pid)], { encoding: "utf8" }));
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
      station.kill("SIGTERM");
      await ended;
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
