import { rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { cardNumberOf } from "#shared/domain/cards/card-number.ts";
import { sampleCardKind } from "#main/sample/company.ts";
import { makeMsrSimulator } from "#main/devices/simulator/msr-serial.ts";
import { openPseudoTerminal } from "#main/devices/simulator/pseudo-terminal.ts";

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
