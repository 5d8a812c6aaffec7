import type { PracticeReader } from "#main/app/practice/practice.ts";
import { systemClock } from "#main/devices/clock.ts";
import { makeMsrSerialDriver } from "#main/devices/drivers/msr-serial.ts";
import { Reader } from "#main/devices/reader.ts";
import { makeMsrSimulator } from "#main/devices/simulator/msr-serial.ts";
import { makeMemoryLine } from "#main/devices/transport/memory-line.ts";
import { SerialTransport } from "#main/devices/transport/serial-transport.ts";
import type { Transport } from "#main/devices/transport/transport.ts";

const readerAt = (makeTransport: () => Transport): Reader =>
  new Reader({ clock: systemClock, random: Math.random, makeTransport, makeDriver: (ports) => makeMsrSerialDriver({}, ports) });

/** The magnetic stripe reader at a serial path, kept open for as long as the station is. */
export const openReader = (path: string): Reader => readerAt(() => new SerialTransport(path, {}, systemClock));

/** A reader without hardware: the simulated device at the other end of a line in memory, behind the same driver as a real one. */
export function openPracticeReader(): { readonly reader: Reader; readonly practiceReader: PracticeReader } {
  const line = makeMemoryLine();
  const simulator = makeMsrSimulator(line.device);
  const damagedBit = 12;
  return {
    reader: readerAt(() => line.transport),
    practiceReader: { swipe: (track2, isDamaged) => void simulator.swipe({ track2 }, isDamaged ? { flippedBit: damagedBit } : {}) },
  };
}
