import type { DeviceView } from "#shared/contracts/devices.ts";
import type { ConfiguredDevice, PortIdentity } from "#shared/domain/devices/configured-device.ts";
import { deviceSetup } from "#shared/domain/devices/device-setup.ts";
import type { PortSettings } from "#shared/domain/devices/port-settings.ts";
import type { SwipeEvent } from "#main/app/cards/receive-swipe.ts";
import type { PluggedPort } from "#main/app/ports/devices.ts";
import { DeviceError, type PortErrorCode } from "#main/devices/device-error.ts";
import { DeviceManager, type FixedDevice } from "#main/devices/manager/device-manager.ts";
import { ManualClock } from "#main/devices/manual-clock.ts";
import type { Msr605Simulator } from "#main/devices/simulator/msr605.ts";
import { makeMemoryLine } from "#main/devices/transport/memory-line.ts";
import type { DeviceEnd } from "#main/devices/transport/transport.ts";

/** Lets everything run that waits for nothing but its turn. */
export const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 3; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
};

export const stripe = (over: { port?: object; reader?: object } = {}) =>
  deviceSetup.parse({ family: "msr.serial", port: over.port ?? {}, reader: over.reader ?? {} });

export const usb = (serialNumber: string | null, location: string | null = null): PortIdentity => ({
  vendorId: "0403",
  productId: "6001",
  serialNumber,
  pnpId: null,
  location,
});

let devices = 0;
export const configured = (path: string, over: Partial<ConfiguredDevice> = {}): ConfiguredDevice => ({
  deviceId: `01890000-0000-7000-8000-${String(++devices).padStart(12, "0")}`,
  name: `reader at ${path}`,
  path,
  identity: null,
  setup: stripe(),
  ...over,
});

/** A computer whose ports a test plugs in and pulls out, on a clock of its own. */
export function makeBench(fixed: readonly FixedDevice[] = []) {
  const clock = new ManualClock();
  const lines = new Map<string, DeviceEnd>();
  const plugged = new Map<string, PortIdentity | null>();
  const refusing = new Map<string, PortErrorCode>();
  const opened: { readonly path: string; readonly settings: PortSettings; readonly atMs: number }[] = [];
  const cards: SwipeEvent[] = [];
  const bench = {
    hasList: true,
    isListSilent: false,
    looks: 0,
    statuses: 0,
    changes: 0,
    /** Called with the device's end of every line that is opened. */
    onOpen: (_path: string, _device: DeviceEnd): void => {},
    encoder: undefined as Msr605Simulator | undefined,
  };
  const manager = new DeviceManager(
    {
      clock,
      wallMs: () => clock.now(),
      random: () => 0.5,
      listPorts: async () => {
        bench.looks += 1;
        if (bench.isListSilent) await new Promise(() => {});
        if (!bench.hasList) throw new Error("spawn udevadm ENOENT");
        return [...plugged].flatMap(([path, identity]): PluggedPort[] =>
          identity === null ? [] : [{ path, identity, guess: "adapter", title: "FTDI" }],
        );
      },
      isPluggedIn: async (path) => plugged.has(path),
      makeTransport: (path, settings) => {
        const { transport, device } = makeMemoryLine();
        return {
          ...transport,
          async open() {
            opened.push({ path, settings, atMs: clock.now() });
            const code = refusing.get(path);
            if (code) throw new DeviceError(code, "port", path);
            if (!plugged.has(path)) throw new DeviceError("PORT_NOT_FOUND", "port", path);
            await transport.open();
            lines.set(path, device);
            bench.onOpen(path, device);
          },
        };
      },
    },
    fixed,
  );
  manager.onCard((event) => cards.push(event));
  manager.onStatus(() => void (bench.statuses += 1));
  manager.onChange(() => void (bench.changes += 1));

  return Object.assign(bench, {
    clock,
    manager,
    cards,
    opened,
    refusing,
    /** @param identity null for a port that no list shows */
    plugIn: (path: string, identity: PortIdentity | null = null): void => void plugged.set(path, identity),
    unplug: (path: string): void => {
      plugged.delete(path);
      lines.get(path)?.unplug();
      lines.delete(path);
    },
    /** What the reader at a port sends, one byte a character. */
    say: (path: string, text: string): void => lines.get(path)?.write(Buffer.from(text, "latin1")),
    /** Lets time pass in small steps, so that what waits for an answer in between goes on. */
    after: async (ms: number): Promise<void> => {
      for (let passed = 0; passed < ms; passed += 50) {
        clock.advance(Math.min(50, ms - passed));
        await settle();
      }
    },
    view: (deviceId: string): DeviceView => {
      const view = manager.running().find((device) => device.deviceId === deviceId);
      if (!view) throw new Error(`${deviceId} does not run`);
      return view;
    },
  });
}
