import { uuidv7 } from "uuidv7";
import { defaultSetup, type DeviceSetup } from "#shared/domain/devices/device-setup.ts";
import type { PracticeReader } from "#main/app/practice/practice.ts";
import { systemClock } from "#main/devices/clock.ts";
import { DeviceManager, type DeviceWorld, type FixedDevice } from "#main/devices/manager/device-manager.ts";
import { listPorts } from "#main/devices/ports/list-ports.ts";
import { makeEm4100Simulator } from "#main/devices/simulator/em4100.ts";
import { makeMsr605Simulator, type DrawManner } from "#main/devices/simulator/msr605.ts";
import { makeMsrSimulator } from "#main/devices/simulator/msr-serial.ts";
import { isPluggedIn } from "#main/devices/transport/device-node.ts";
import { makeMemoryLine } from "#main/devices/transport/memory-line.ts";
import type { DeviceEnd, Transport } from "#main/devices/transport/transport.ts";
import { SerialTransport } from "#main/devices/transport/serial-transport.ts";

/** What hangs on this computer, and in a sample what is simulated beside it. */
export type StationDevices = { readonly devices: DeviceManager; readonly practiceReader: PracticeReader | undefined };

/** @param readerPath serial port of a magnetic stripe reader for this run, with the settings that most have */
export function openDevices({
  readerPath,
  isSample,
  wallMs,
}: {
  readonly readerPath: string | undefined;
  readonly isSample: boolean;
  readonly wallMs: () => number;
}): StationDevices {
  const world: DeviceWorld = {
    clock: systemClock,
    wallMs,
    random: Math.random,
    listPorts,
    isPluggedIn,
    makeTransport: (path, settings) => new SerialTransport(path, settings, systemClock),
  };
  if (readerPath !== undefined) return { devices: new DeviceManager(world, [readerAt(readerPath)]), practiceReader: undefined };
  if (!isSample) return { devices: new DeviceManager(world), practiceReader: undefined };
  const [stripeLine, tagLine, encoderLine] = [makeMemoryLine(), makeMemoryLine(), makeMemoryLine()];
  const devices = new DeviceManager(world, [
    simulated("msr.serial", stripeLine.transport),
    simulated("rfid.em4100", tagLine.transport),
    simulated("msr605", encoderLine.transport),
  ]);
  return { devices, practiceReader: practiceReaderOn(stripeLine.device, tagLine.device, encoderLine.device) };
}

const readerAt = (path: string): FixedDevice => ({
  deviceId: uuidv7(),
  origin: "commandLine",
  name: null,
  path,
  setup: defaultSetup("msr.serial"),
});

/** A reader without hardware: a simulator at the other end of a line in memory, behind the same driver as a real one. */
const simulated = (family: DeviceSetup["family"], line: Transport): FixedDevice => ({
  deviceId: uuidv7(),
  origin: "practice",
  name: null,
  path: "",
  setup: defaultSetup(family),
  makeTransport: () => line,
});

function practiceReaderOn(stripe: DeviceEnd, tags: DeviceEnd, encoderEnd: DeviceEnd): PracticeReader {
  const swipes = makeMsrSimulator(stripe);
  const presentations = makeEm4100Simulator(tags);
  const encoder = makeMsr605Simulator(encoderEnd);
  const manners: Readonly<Record<Parameters<PracticeReader["draw"]>[0], DrawManner>> = {
    well: {},
    tooFast: { status: 0x39 },
    badly: { isBadlyWritten: true },
  };
  const damagedBit = 12;
  return {
    swipe: (track2, isDamaged) => void swipes.swipe({ track2 }, isDamaged ? { flippedBit: damagedBit } : {}),
    draw: (how) => encoder.drawSoon(manners[how]),
    layDown: (uid) => void presentations.present(uid, { frames: 3 }),
  };
}
