import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { luhnCheckDigit } from "#shared/domain/cards/luhn.ts";
import { sampleCardKind } from "#main/sample/company.ts";
import { makeMsrSimulator } from "#main/devices/simulator/msr-serial.ts";
import { openPseudoTerminal } from "#main/devices/simulator/pseudo-terminal.ts";
import { startStation } from "#test/src-main/shell/cli/station-command.ts";

export type ServedCounter = {
  readonly url: string;
  /** Swipes a card through the serial reader of this counter. */
  readonly swipe: (cardNumber: string) => Promise<void>;
  /** A swipe of which only the beginning reaches the line. */
  readonly swipeBadly: (cardNumber: string) => Promise<void>;
  /** Ends the sample's head office; all that the counter finds is a line on which nobody answers. */
  readonly cutLine: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** A counter in a process of its own, empty, with a reader on a pseudo-terminal. */
export async function serveCounter(): Promise<ServedCounter> {
  const data = await mkdtemp(join(tmpdir(), "counter-"));
  const line = await openPseudoTerminal();
  const reader = makeMsrSimulator(line);
  const station = startStation(["serve", "--data", data, "--reader", line.path, "--json"]);
  const { value } = await station.lines.next();
  const { url } = JSON.parse(value) as { url: string };
  return {
    url,
    swipe: (track2) => reader.swipe({ track2 }),
    swipeBadly: (track2) => reader.swipe({ track2 }, { cutAtByte: 6 }),
    cutLine: async () => {
      // The only child of the counter is its head office.
      const headOffice = Number(execFileSync("pgrep", ["-P", String(station.child.pid)], { encoding: "utf8" }));
      process.kill(headOffice, "SIGTERM");
      while (isRunning(headOffice)) await sleep(50);
    },
    close: async () => {
      station.child.kill("SIGTERM");
      await station.ended;
      line.unplug();
      await rm(data, { recursive: true, force: true });
    },
  };
}

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** The n-th card of the sample: the first ones are members', those far behind are blank. */
export function sampleCard(n: number): string {
  const { prefix, length } = sampleCardKind;
  const digits = prefix + String(n).padStart(length - prefix.length - 1, "0");
  return digits + luhnCheckDigit(digits);
}
