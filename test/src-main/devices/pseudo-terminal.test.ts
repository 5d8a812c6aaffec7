import { afterEach, describe, expect, it } from "vitest";
import type { DeviceState } from "#shared/contracts/devices.ts";
import { systemClock } from "#main/devices/clock.ts";
import { DeviceError } from "#main/devices/device-error.ts";
import type { DeviceEvent } from "#main/devices/device-event.ts";
import { drivers } from "#main/devices/drivers/index.ts";
import { Reader } from "#main/devices/reader.ts";
import { makeEm4100Simulator } from "#main/devices/simulator/em4100.ts";
import { makeMsrSimulator } from "#main/devices/simulator/msr-serial.ts";
import { openPseudoTerminal, type PseudoTerminal } from "#main/devices/simulator/pseudo-terminal.ts";
import { SerialTransport } from "#main/devices/transport/serial-transport.ts";
import type { Transport } from "#main/devices/transport/transport.ts";
import { card, failed, portLost } from "./swipes.ts";

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

async function plugIn(): Promise<PseudoTerminal> {
  const terminal = await openPseudoTerminal();
  cleanUps.push(() => terminal.unplug());
  return terminal;
}

function openPort(path: string): Transport {
  const transport = new SerialTransport(path, {}, systemClock);
  cleanUps.push(() => transport.close());
  return transport;
}

/** Things that come one by one, and a promise for the moment when enough have come. */
class Arrivals<T> {
  readonly all: T[] = [];
  #wake = (): void => {};

  readonly add = (item: T): void => {
    this.all.push(item);
    this.#wake();
  };

  async until(isEnough: (all: readonly T[]) => boolean): Promise<readonly T[]> {
    while (!isEnough(this.all)) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.all;
  }
}

/** A reader whose port is whatever `path` is when it looks. */
function makeCounter(family = "msr.serial") {
  const counter = { path: "" };
  const events = new Arrivals<DeviceEvent>();
  const states = new Arrivals<DeviceState>();
  const bytes = new Arrivals<number>();
  const makeDriver = drivers.get(family);
  if (!makeDriver) throw new Error("no driver");
  const reader = new Reader({
    clock: systemClock,
    random: () => 0,
    makeTransport() {
      const transport = openPort(counter.path);
      return {
        open: () => transport.open(),
        close: () => transport.close(),
        write: (chunk) => transport.write(chunk),
        onLost: (callback) => transport.onLost(callback),
        onData: (callback) =>
          transport.onData((chunk) => {
            callback(chunk);
            for (const byte of chunk) bytes.add(byte);
          }),
      };
    },
    // A machine that is busy with other suites is not a reader that stopped.
    makeDriver: (ports) => makeDriver({ idleMs: 10_000, presenceMs: 10_000 }, ports),
  });
  reader.onEvent(events.add);
  reader.onStatus(({ state }) => states.add(state));
  cleanUps.push(() => reader.close());
  return Object.assign(counter, { reader, events, states, bytes });
}

describe("a reader on a real port", () => {
  it("reads a swipe at the speed of a hand", async () => {
    const terminal = await plugIn();
    const counter = makeCounter();
    counter.path = terminal.path;
    counter.reader.start();
    await counter.states.until((states) => states.includes("ready"));
    await makeMsrSimulator(terminal).swipe({ track1: "LEE/ANNA", track2: "8888000012" }, { msPerCharacter: 2 });
    expect(await counter.events.until((events) => events.length === 1)).toEqual([card({ 1: "LEE/ANNA", 2: "8888000012" })]);
  });

  it("says that a card was cut when the cable is pulled in the middle of it, and reads again on another port", async () => {
    const first = await plugIn();
    const counter = makeCounter();
    counter.path = first.path;
    counter.reader.start();
    await counter.states.until((states) => states.includes("ready"));
    void makeMsrSimulator(first).swipe({ track2: "8888000012" }, { cutAtByte: 6 });
    await counter.bytes.until((bytes) => bytes.length === 6);
    first.unplug();
    expect(await counter.events.until((events) => events.length === 2)).toEqual([failed("TRUNCATED"), portLost]);

    const second = await plugIn();
    counter.path = second.path;
    await counter.states.until((states) => states.filter((state) => state === "ready").length === 2);
    await makeMsrSimulator(second).swipe({ track2: "8888000020" });
    expect(await counter.events.until((events) => events.length === 3)).toContainEqual(card({ 2: "8888000020" }));
    expect(counter.states.all.slice(0, 3)).toEqual(["opening", "ready", "backoff"]);
  });

  it("is absent while there is no such port", async () => {
    const terminal = await plugIn();
    const counter = makeCounter();
    counter.path = `${terminal.path}-is-not-there`;
    counter.reader.start();
    await counter.states.until((states) => states.includes("absent"));
    counter.path = terminal.path;
    await counter.states.until((states) => states.includes("ready"));
    expect(counter.reader.status.reason).toBeNull();
  });
});

describe("a tag reader on a real port", () => {
  it("reads a tag once while it lies there, and then the next one", async () => {
    const terminal = await plugIn();
    const counter = makeCounter("rfid.em4100");
    counter.path = terminal.path;
    counter.reader.start();
    await counter.states.until((states) => states.includes("ready"));
    const simulator = makeEm4100Simulator(terminal, { withCrLf: true, repeatMs: 20 });
    await simulator.present("62E3086CED", { frames: 4, msPerCharacter: 1 });
    await simulator.present("0C000621A5");
    expect(await counter.events.until((events) => events.length === 3)).toEqual([
      { type: "cardRead", media: "em4100", uid: "62E3086CED", decimal: "3808980205" },
      { type: "cardRemoved", uid: "62E3086CED" },
      { type: "cardRead", media: "em4100", uid: "0C000621A5", decimal: "0000401829" },
    ]);
  });
});

describe("a real port", () => {
  it("carries every byte value both ways", async () => {
    const terminal = await plugIn();
    const transport = openPort(terminal.path);
    const toApp = new Arrivals<number>();
    const toDevice = new Arrivals<number>();
    transport.onData((chunk) => chunk.forEach(toApp.add));
    terminal.onData((chunk) => chunk.forEach(toDevice.add));
    await transport.open();
    const every = Uint8Array.from({ length: 256 }, (_, value) => value);
    terminal.write(every);
    await transport.write(every);
    expect(await toApp.until((bytes) => bytes.length === 256)).toEqual([...every]);
    expect(await toDevice.until((bytes) => bytes.length === 256)).toEqual([...every]);
  });

  it("is busy for a second program, and free again when the first lets go", async () => {
    const terminal = await plugIn();
    const first = openPort(terminal.path);
    const second = openPort(terminal.path);
    await first.open();
    const refusal: unknown = await second.open().catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(DeviceError);
    expect(refusal).toMatchObject({ code: "PORT_BUSY", retriable: true });
    await first.close();
    await expect(second.open()).resolves.toBeUndefined();
  });

  it("is gone when it is unplugged while nothing moves", async () => {
    const terminal = await plugIn();
    const transport = openPort(terminal.path);
    const losses = new Arrivals<DeviceError>();
    transport.onLost(losses.add);
    await transport.open();
    terminal.unplug();
    const [loss] = await losses.until((all) => all.length === 1);
    expect(loss?.code).toBe("PORT_LOST");
    await expect(transport.write(Uint8Array.of(1))).rejects.toMatchObject({ code: "PORT_LOST" });
  });

  it("is gone when it is unplugged while bytes flow", async () => {
    const terminal = await plugIn();
    const transport = openPort(terminal.path);
    const losses = new Arrivals<DeviceError>();
    const bytes = new Arrivals<number>();
    transport.onData((chunk) => chunk.forEach(bytes.add));
    transport.onLost(losses.add);
    await transport.open();
    for (let burst = 0; burst < 20; burst += 1) terminal.write(new Uint8Array(200).fill(0x31));
    await bytes.until((all) => all.length > 0);
    terminal.unplug();
    const [loss] = await losses.until((all) => all.length === 1);
    expect(loss?.code).toBe("PORT_LOST");
  });
});
