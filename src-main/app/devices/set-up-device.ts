import type { DeviceInput, DeviceView } from "#shared/contracts/devices.ts";
import { err, ok, type Result } from "#shared/std/result.ts";
import type { ConfiguredDevice } from "#shared/domain/devices/configured-device.ts";
import type { Ports } from "#main/app/ports/ports.ts";

type Needs = Pick<Ports, "store" | "devices">;
type PortTaken = { code: "PORT_TAKEN"; name: string };
type AddRefusal = { code: "REQUEST_ID_REUSED" } | PortTaken;
type ChangeRefusal = { code: "DEVICE_NOT_FOUND" } | { code: "DEVICE_FIXED" } | PortTaken;

/** Sets a device up at a port that nothing here uses yet, and opens it. */
export const makeAddDevice =
  ({ store, devices }: Needs) =>
  async (input: DeviceInput): Promise<Result<DeviceView, AddRefusal>> => {
    const device = await placed(devices, input);
    const stored = store.write((tx): Result<null, AddRefusal> => {
      const earlier = tx.devices.find(device.deviceId);
      if (earlier) return isSame(earlier, device) ? ok(null) : err({ code: "REQUEST_ID_REUSED" });
      const holder = holderOf(device, devices);
      if (holder) return err({ code: "PORT_TAKEN", name: holder.name ?? holder.path });
      tx.putDevice(device);
      return ok(null);
    });
    return stored.ok ? ok(await run({ store, devices }, device.deviceId)) : stored;
  };

/** Changes a device: its name alone without disturbing it, anything else by opening its port anew. */
export const makeChangeDevice =
  ({ store, devices }: Needs) =>
  async (input: DeviceInput): Promise<Result<DeviceView, ChangeRefusal>> => {
    const device = await placed(devices, input);
    if (isFixed(devices, device.deviceId)) return err({ code: "DEVICE_FIXED" });
    const stored = store.write((tx): Result<null, ChangeRefusal> => {
      const earlier = tx.devices.find(device.deviceId);
      if (!earlier) return err({ code: "DEVICE_NOT_FOUND" });
      const holder = holderOf(device, devices);
      if (holder) return err({ code: "PORT_TAKEN", name: holder.name ?? holder.path });
      tx.putDevice(keepsItsPort(devices, device) ? { ...device, identity: earlier.identity } : device);
      return ok(null);
    });
    return stored.ok ? ok(await run({ store, devices }, device.deviceId)) : stored;
  };

export const makeRemoveDevice =
  ({ store, devices }: Needs) =>
  ({ deviceId }: { deviceId: string }): Result<Record<never, never>, { code: "DEVICE_FIXED" }> => {
    if (isFixed(devices, deviceId)) return err({ code: "DEVICE_FIXED" });
    store.write((tx) => {
      tx.removeDevice(deviceId);
      return ok(null);
    });
    devices.setUp(store.read((view) => view.devices.all()));
    return ok({});
  };

/** The device with what is known of the port that was chosen. */
async function placed(devices: Ports["devices"], input: DeviceInput): Promise<ConfiguredDevice> {
  const plugged = await devices.plugged();
  return { ...input, identity: plugged?.find(({ path }) => path === input.path)?.identity ?? null };
}

/**
 * Whether the port was left as it is. Then what is known of it stays: while it is unplugged, another may have its name. Only where
 * several could be it, the same name is a choice too.
 */
const keepsItsPort = (devices: Ports["devices"], { deviceId, path }: ConfiguredDevice): boolean =>
  devices.running().some((shown) => shown.deviceId === deviceId && shown.path === path && shown.state !== "unclear");

const isFixed = (devices: Ports["devices"], deviceId: string): boolean =>
  devices.running().some((device) => device.deviceId === deviceId && device.origin !== "station");

/** Another device whose port this is, whether it is plugged in or not. One that was given at the start gives way to one that is set up. */
const holderOf = ({ deviceId, path }: ConfiguredDevice, devices: Ports["devices"]): DeviceView | undefined =>
  devices
    .running()
    .find((other) => other.deviceId !== deviceId && other.origin === "station" && other.path === path && other.state !== "unclear");

const isSame = (one: ConfiguredDevice, other: ConfiguredDevice): boolean =>
  one.name === other.name && one.path === other.path && JSON.stringify(one.setup) === JSON.stringify(other.setup);

/** Who has set a device up wants to know at once whether its port opens. */
async function run({ store, devices }: Needs, deviceId: string): Promise<DeviceView> {
  devices.setUp(store.read((view) => view.devices.all()));
  await devices.tried(deviceId);
  const view = devices.running().find((device) => device.deviceId === deviceId);
  if (!view) throw new Error(`the device ${deviceId} was stored and does not run`);
  return view;
}
