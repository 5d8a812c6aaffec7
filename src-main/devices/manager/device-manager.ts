import type { DeviceView, TraceLine } from "#shared/contracts/devices.ts";
import type { ConfiguredDevice } from "#shared/domain/devices/configured-device.ts";
import { placeDevices, type Placement } from "#shared/domain/devices/place-devices.ts";
import type { PortSettings } from "#shared/domain/devices/port-settings.ts";
import { err } from "#shared/std/result.ts";
import type { SwipeEvent } from "#main/app/cards/receive-swipe.ts";
import type { CardTask, Devices, PluggedPort } from "#main/app/ports/devices.ts";
import type { Clock } from "#main/devices/clock.ts";
import { DeviceError } from "#main/devices/device-error.ts";
import { drivers } from "#main/devices/drivers/index.ts";
import { PortWatch, settleMs } from "#main/devices/ports/port-watch.ts";
import { FoundTransport } from "#main/devices/transport/found-transport.ts";
import type { Transport } from "#main/devices/transport/transport.ts";
import { DeviceHistory } from "./device-history.ts";
import { RunningDevice } from "./running-device.ts";

/** The machine that devices hang on. */
export type DeviceWorld = {
  readonly clock: Clock;
  /** Milliseconds since 1970, for what people are shown. */
  readonly wallMs: () => number;
  /** From 0 to 1. */
  readonly random: () => number;
  /** Rejects where the system has no list. */
  readonly listPorts: () => Promise<readonly PluggedPort[]>;
  readonly isPluggedIn: (path: string) => Promise<boolean>;
  readonly makeTransport: (path: string, settings: PortSettings) => Transport;
};

/** A device that nobody set up on a screen: given at the start of the program, or simulated in a sample. */
export type FixedDevice = Pick<DeviceView, "deviceId" | "name" | "path" | "setup"> & {
  readonly origin: "commandLine" | "practice";
  /** Of a simulator: the line to it, in place of a port. */
  readonly makeTransport?: () => Transport;
};

type Entry = {
  readonly device: FixedDevice | (ConfiguredDevice & { readonly origin: "station" });
  readonly running: RunningDevice;
};

const absentPollMs = 1000;
const restPollMs = 2000;
/** Somebody who looks at the list of ports asks again within this time. */
const viewedMs = 10_000;
/** Longer than a port takes that opens at all. */
const triedMs = 2000;
/** Changes within this time are told as one: a swipe comes in crumbs. */
const tellMs = 100;

/**
 * Runs all devices of a station, each by itself: its own port, driver, waits and history, so that one which misbehaves
 * holds up none of the others.
 *
 * Ports are opened by setup and never to find out what hangs there: opening one resets some devices, and a probe may print.
 */
export class DeviceManager implements Devices {
  readonly #world: DeviceWorld;
  readonly #fixed: readonly FixedDevice[];
  readonly #watch: PortWatch;
  readonly #onCard: ((event: SwipeEvent) => void)[] = [];
  readonly #onStatus: (() => void)[] = [];
  readonly #onChange: (() => void)[] = [];
  /** Kept while the setup of a device changes. */
  readonly #histories = new Map<string, DeviceHistory>();
  #entries = new Map<string, Entry>();
  #placements: ReadonlyMap<string, Placement> = new Map();
  #isRunning = false;
  #isClosed = false;
  #viewedAtMs = -viewedMs;
  #stopPolling: (() => void) | undefined;
  #stopTelling: (() => void) | undefined;

  constructor(world: DeviceWorld, fixed: readonly FixedDevice[] = []) {
    this.#world = world;
    this.#fixed = fixed;
    this.#watch = new PortWatch(world.clock, world.listPorts, () => this.#portsChanged());
    this.setUp([]);
  }

  /** A card for the counter, whichever device read it. */
  onCard(callback: (event: SwipeEvent) => void): void {
    this.#onCard.push(callback);
  }

  /** The state or the hint of a device changed. */
  onStatus(callback: () => void): void {
    this.#onStatus.push(callback);
  }

  /** Something that a list of devices and ports shows changed; several changes at once are told once. */
  onChange(callback: () => void): void {
    this.#onChange.push(callback);
  }

  /** Opens what is set up; until then devices are only listed. */
  async start(): Promise<void> {
    // Not before the first look: at its old name may stand another device by now.
    if (this.#needsList()) await this.#watch.look();
    if (this.#isClosed) return;
    this.#isRunning = true;
    this.#place();
    for (const { running } of this.#entries.values()) running.start();
    this.#poll();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#isRunning = false;
    this.#stopPolling?.();
    this.#stopTelling?.();
    await Promise.all([...this.#entries.values()].map(({ running }) => running.close()));
  }

  setUp(devices: readonly ConfiguredDevice[]): void {
    // Where the port that was given at the start is set up here, its setup counts.
    const fixed = this.#fixed.filter(({ path }) => !devices.some((device) => device.path === path));
    const wanted: Entry["device"][] = [...fixed, ...devices.map((device) => ({ ...device, origin: "station" as const }))];
    const before = this.#entries;
    this.#entries = new Map(
      wanted.map((device) => {
        const old = before.get(device.deviceId);
        before.delete(device.deviceId);
        return [device.deviceId, this.#goOn(device, old)];
      }),
    );
    this.#place();
    for (const [deviceId, { running }] of before) {
      this.#histories.delete(deviceId);
      void running.close();
    }
    this.#poll();
    this.#statusChanged();
    this.#changed();
  }

  running(): readonly DeviceView[] {
    return [...this.#entries.values()].map(({ device, running }) => {
      const { deviceId, origin, name, setup } = device;
      const { sinceMs, lastReadMs, faults } = this.#historyOf(deviceId);
      const placement = this.#placements.get(deviceId);
      const path = placement?.kind === "at" ? placement.path : device.path;
      return { deviceId, origin, name, setup, path, state: running.state, hint: running.hint, sinceMs, lastReadMs, faults };
    });
  }

  async tried(deviceId: string): Promise<void> {
    const entry = this.#isRunning ? this.#entries.get(deviceId) : undefined;
    if (!entry) return;
    let stop = (): void => {};
    const longEnough = new Promise<void>((resolve) => {
      stop = this.#world.clock.after(triedMs, resolve);
    });
    await Promise.race([entry.running.tried, longEnough]);
    stop();
  }

  async plugged(): Promise<readonly PluggedPort[] | null> {
    this.#viewedAtMs = this.#world.clock.now();
    const ports = await this.#watch.lookUnlessFresh();
    this.#poll();
    return ports;
  }

  trace(deviceId: string): readonly TraceLine[] | undefined {
    return this.#entries.has(deviceId) ? this.#historyOf(deviceId).lines : undefined;
  }

  nextRead(deviceId: string, signal: AbortSignal | undefined): ReturnType<Devices["nextRead"]> {
    const entry = this.#entries.get(deviceId);
    return entry ? entry.running.nextRead(signal) : Promise.resolve(err({ code: "DEVICE_NOT_READY" }));
  }

  work(deviceId: string, task: CardTask, signal: AbortSignal | undefined): ReturnType<Devices["work"]> {
    const entry = this.#entries.get(deviceId);
    return entry ? entry.running.work(task, signal) : Promise.resolve(err({ code: "DEVICE_NOT_READY" }));
  }

  /** The device as it runs where nothing but its name changed; else a new one, which starts when the old one has let go of its port. */
  #goOn(device: Entry["device"], old: Entry | undefined): Entry {
    if (old && isSameLine(old.device, device)) return { device, running: old.running };
    const running = this.#makeRunning(device);
    const start = (): void => {
      if (this.#isRunning && this.#entries.get(device.deviceId)?.running === running) running.start();
    };
    // Also without an old one not before this turn is over: the new device is not in the list yet.
    void Promise.resolve(old?.running.close()).then(start);
    return { device, running };
  }

  #makeRunning(device: Entry["device"]): RunningDevice {
    const { clock, random } = this.#world;
    const { deviceId, setup } = device;
    const makeDriver = drivers.get(setup.family);
    if (!makeDriver) throw new Error(`no driver speaks ${setup.family}`);
    return new RunningDevice(setup, {
      clock,
      random,
      makeDriver,
      makeTransport: () => this.#transportOf(device),
      history: this.#historyOf(deviceId),
      onCard: (event) => {
        for (const callback of this.#onCard) callback(event);
      },
      onStatus: () => this.#statusChanged(),
      onChange: () => this.#changed(),
    });
  }

  #transportOf(device: Entry["device"]): Transport {
    if ("makeTransport" in device && device.makeTransport) return device.makeTransport();
    return new FoundTransport(async () => {
      if (isFoundByList(device)) {
        await this.#watch.look();
        this.#place();
      }
      const placement = this.#placements.get(device.deviceId);
      if (placement?.kind === "at") return this.#world.makeTransport(placement.path, device.setup.port);
      throw new DeviceError(placement?.kind === "unclear" ? "PORT_UNCLEAR" : "PORT_NOT_FOUND", "port", device.path);
    });
  }

  #historyOf(deviceId: string): DeviceHistory {
    const history = this.#histories.get(deviceId) ?? new DeviceHistory(this.#world.wallMs);
    this.#histories.set(deviceId, history);
    return history;
  }

  #place(): void {
    const devices = [...this.#entries.values()].map(({ device }) => ({
      ...device,
      identity: "identity" in device ? device.identity : null,
    }));
    this.#placements = placeDevices(devices, this.#watch.settled);
  }

  #portsChanged(): void {
    const before = this.#placements;
    this.#place();
    for (const [deviceId, { running }] of this.#entries) {
      if (this.#isRunning && pathOf(this.#placements, deviceId) !== pathOf(before, deviceId)) running.start();
    }
    this.#changed();
  }

  #needsList(): boolean {
    return [...this.#entries.values()].some(({ device }) => isFoundByList(device));
  }

  #awaited(): readonly Entry[] {
    return [...this.#entries.values()].filter(({ device, running }) => running.state === "absent" && device.origin !== "practice");
  }

  #poll(): void {
    if (!this.#isRunning || this.#stopPolling) return;
    const isViewed = this.#world.clock.now() - this.#viewedAtMs < viewedMs;
    const isAwaited = this.#awaited().length > 0;
    if (!isAwaited && !isViewed && !this.#needsList()) return;
    this.#stopPolling = this.#world.clock.after(isAwaited ? absentPollMs : restPollMs, () => {
      void this.#lookRound(isViewed).finally(() => {
        this.#stopPolling = undefined;
        this.#poll();
      });
    });
  }

  async #lookRound(isViewed: boolean): Promise<void> {
    const looks: Promise<unknown>[] = this.#awaited().map(async ({ device, running }) => {
      if (isFoundByList(device) || !(await this.#world.isPluggedIn(device.path))) return;
      this.#world.clock.after(settleMs, () => {
        if (this.#entries.get(device.deviceId)?.running === running) running.start();
      });
    });
    if (isViewed || this.#needsList()) looks.push(this.#watch.look());
    await Promise.all(looks);
  }

  #statusChanged(): void {
    if (!this.#isRunning) return;
    for (const callback of this.#onStatus) callback();
    // A device that has just gone is looked for more often.
    this.#poll();
  }

  #changed(): void {
    if (!this.#isRunning) return;
    this.#stopTelling ??= this.#world.clock.after(tellMs, () => {
      this.#stopTelling = undefined;
      for (const callback of this.#onChange) callback();
    });
  }
}

/** Such a device is found by what it is. One that was typed by hand is where its path is. */
const isFoundByList = (device: Entry["device"]): boolean => "identity" in device && device.identity !== null;

const pathOf = (placements: ReadonlyMap<string, Placement>, deviceId: string): string | undefined => {
  const placement = placements.get(deviceId);
  return placement?.kind === "at" ? placement.path : placement?.kind;
};

/** Whether a device can go on undisturbed: everything but its name is as it was. */
function isSameLine(one: Entry["device"], other: Entry["device"]): boolean {
  const lineOf = (device: Entry["device"]): string =>
    JSON.stringify([device.path, "identity" in device ? device.identity : null, device.setup]);
  return lineOf(one) === lineOf(other);
}
