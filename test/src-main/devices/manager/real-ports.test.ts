import { symlinkSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { DeviceView } from "#shared/contracts/devices.ts";
import type { ConfiguredDevice } from "#shared/domain/devices/configured-device.ts";
import { deviceSetup } from "#shared/domain/devices/device-setup.ts";
import type { SwipeEvent } from "#main/app/cards/receive-swipe.ts";
import { systemClock } from "#main/devices/clock.ts";
import { DeviceManager } from "#main/devices/manager/device-manager.ts";
import { listPorts } from "#main/devices/ports/list-ports.ts";
import { makeEm4100Simulator } from "#main/devices/simulator/em4100.ts";
import { makeMsrSimulator } from "#main/devices/simulator/msr-serial.ts";
import { openPseudoTerminal, type PseudoTerminal } from "#main/devices/simulator/pseudo-terminal.ts";
import { isPluggedIn } from "#main/devices/transport/device-node.ts";
import { SerialTransport } from "#main/devices/transport/serial-transport.ts";
import { configured } from "./bench.ts";

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

/** A socket with a name of its own, as a udev link has it, and what is plugged into it. */
function makeSocket() {
  const folder = mkdtempSync(join(tmpdir(), "socket-"));
  const path = join(folder, "reader");
  let terminal: PseudoTerminal | undefined;
  const unplug = (): void => {
    rmSync(path, { force: true });
    terminal?.unplug();
  };
  cleanUps.push(() => rmSync(folder, { recursive: true }), unplug);
  return {
    path,
    unplug,
    plugIn: async (): Promise<PseudoTerminal> => {
      terminal = await openPseudoTerminal();
      symlinkSync(terminal.path, path);
      return terminal;
    },
  };
}

/** A reader on a machine that is busy with other suites is not a reader that stopped. */
const patient = { idleMs: 10_000 };
const stripe = deviceSetup.parse({ family: "msr.serial", port: {}, reader: patient });
const tags = deviceSetup.parse({ family: "rfid.em4100", port: {}, reader: { ...patient, presenceMs: 10_000 } });

/** The devices of this very machine. */
async function makeStation(...devices: ConfiguredDevice[]) {
  let wake = (): void => {};
  const cards: SwipeEvent[] = [];
  const manager = new DeviceManager({
    clock: systemClock,
    wallMs: () => Date.now(),
    random: () => 0,
    listPorts,
    isPluggedIn,
    makeTransport: (path, settings) => new SerialTransport(path, settings, systemClock),
  });
  cleanUps.push(() => manager.close());
  manager.onCard((event) => {
    cards.push(event);
    wake();
  });
  manager.onStatus(() => wake());
  manager.onChange(() => wake());
  manager.setUp(devices);
  await manager.start();
  const view = (device: ConfiguredDevice): DeviceView | undefined => manager.running().find(({ deviceId }) => deviceId === device.deviceId);
  const until = async (holds: () => boolean): Promise<void> => {
    while (!holds()) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return {
    manager,
    cards,
    view,
    until,
    untilState: (device: ConfiguredDevice, state: DeviceView["state"]) => until(() => view(device)?.state === state),
  };
}

const track2Of = (card: SwipeEvent): string | undefined => (card.type === "cardRead" && "tracks" in card ? card.tracks[2] : undefined);

describe("on the ports of this machine", () => {
  it("a stripe reader and a tag reader serve one counter at the same time", async () => {
    const [left, right] = [makeSocket(), makeSocket()];
    const [swipes, holds] = [makeMsrSimulator(await left.plugIn()), makeEm4100Simulator(await right.plugIn(), { repeatMs: 20 })];
    const [reader, tagReader] = [configured(left.path, { setup: stripe }), configured(right.path, { setup: tags })];
    const station = await makeStation(reader, tagReader);
    await station.untilState(reader, "ready");
    await station.untilState(tagReader, "ready");
    await Promise.all([
      swipes.swipe({ track2: "8888000012" }, { msPerCharacter: 3 }),
      holds.present("62E3086CED", { frames: 3, msPerCharacter: 1 }),
    ]);
    await station.until(() => station.cards.length === 2);
    expect(station.cards).toEqual(
      expect.arrayContaining([
        { type: "cardRead", media: "magstripe", tracks: { 2: "8888000012" } },
        { type: "cardRead", media: "em4100", uid: "62E3086CED", decimal: "3808980205" },
      ]),
    );
  });

  it("a reader that is pulled out at any byte of a swipe gives no half card, and reads when it is back", async () => {
    const socket = makeSocket();
    const reader = configured(socket.path, { setup: stripe });
    const station = await makeStation(reader);
    const bytesOfSwipe = ";8888000012?\r".length;
    for (const unplugAtByte of [1, 5, bytesOfSwipe - 1]) {
      const terminal = await socket.plugIn();
      await station.untilState(reader, "ready");
      await makeMsrSimulator(terminal).swipe({ track2: "8888000012" }, { cutAtByte: unplugAtByte });
      socket.unplug();
      await station.until(() => station.view(reader)?.state !== "ready");
    }
    const terminal = await socket.plugIn();
    await station.untilState(reader, "ready");
    await makeMsrSimulator(terminal).swipe({ track2: "8888000020" });
    await station.until(() => station.cards.some((card) => track2Of(card) !== undefined));
    expect(station.cards.flatMap((card) => track2Of(card) ?? [])).toEqual(["8888000020"]);
    expect(station.view(reader)?.faults.map(({ code }) => code)).toContain("PORT_LOST");
  });

  it("a reader whose port another program holds is busy, and opens when that lets go; its neighbour reads on", async () => {
    const [held, free] = [makeSocket(), makeSocket()];
    await held.plugIn();
    const other = new SerialTransport(held.path, {}, systemClock);
    cleanUps.push(() => other.close());
    await other.open();
    const swipes = makeMsrSimulator(await free.plugIn());
    const [waiting, reading] = [configured(held.path, { setup: stripe }), configured(free.path, { setup: stripe })];
    const station = await makeStation(waiting, reading);
    await station.untilState(waiting, "busy");
    await station.untilState(reading, "ready");
    await swipes.swipe({ track2: "8888000012" });
    await station.until(() => station.cards.length === 1);
    await other.close();
    await station.untilState(waiting, "ready");
    expect(station.view(waiting)?.faults.map(({ code }) => code)).toEqual(["PORT_BUSY"]);
  });

  it("settings are changed while a card is drawn through: the next one is read with them", async () => {
    const socket = makeSocket();
    const terminal = await socket.plugIn();
    const reader = configured(socket.path, { setup: stripe });
    const station = await makeStation(reader);
    await station.untilState(reader, "ready");
    terminal.write(Buffer.from(";88880"));
    await station.until(() => station.manager.trace(reader.deviceId)?.[0]?.text === ";00000");
    station.manager.setUp([
      { ...reader, setup: deviceSetup.parse({ family: "msr.serial", port: {}, reader: { ...patient, terminator: "lf" } }) },
    ]);
    await station.untilState(reader, "ready");
    terminal.write(Buffer.from("00012?\n"));
    await makeMsrSimulator(terminal, { terminator: "lf" }).swipe({ track2: "8888000020" });
    await station.until(() => station.cards.some((card) => track2Of(card) !== undefined));
    expect(station.cards.flatMap((card) => track2Of(card) ?? [])).toEqual(["8888000020"]);
  });
});
