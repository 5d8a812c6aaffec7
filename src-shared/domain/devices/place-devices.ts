import type { ConfiguredDevice, PortIdentity } from "./configured-device.ts";

/** A port that is there now. */
export type PortThere = { readonly path: string; readonly identity: PortIdentity };

/** Where a device is. `unclear`: several ports could be its own, and a guess would take its neighbour's. */
export type Placement = { readonly kind: "at"; readonly path: string } | { readonly kind: "absent" } | { readonly kind: "unclear" };

type Placed = Pick<ConfiguredDevice, "deviceId" | "path" | "identity">;

const hasUsbIds = ({ vendorId, productId }: PortIdentity): boolean => vendorId !== null && productId !== null;

/** Whether two identities are of devices that cannot be told apart but by their socket. */
export function isAlike(one: PortIdentity, other: PortIdentity): boolean {
  if (hasUsbIds(one)) {
    return one.vendorId === other.vendorId && one.productId === other.productId && one.serialNumber === other.serialNumber;
  }
  return one.pnpId !== null && one.pnpId === other.pnpId;
}

/**
 * Finds the port of each device.
 *
 * By what the port is, wherever it is plugged in now; alike ones by their socket. A device that is alone of its kind is
 * found in any socket. What was typed by hand, and every device while the system has no list, is where it was.
 *
 * @param ports what is plugged in; null when the system cannot say
 * @returns a placement for every device, and no port twice
 */
export function placeDevices(devices: readonly Placed[], ports: readonly PortThere[] | null): ReadonlyMap<string, Placement> {
  const placements = new Map<string, Placement>();
  const taken = new Set<string>();
  const put = (deviceId: string, path: string): void => {
    placements.set(deviceId, { kind: "at", path });
    taken.add(path);
  };
  const isTheSame = ({ path, identity }: Placed, port: PortThere): boolean =>
    identity !== null && (isNameless(identity) ? port.path === path : isAlike(identity, port.identity));

  for (const { deviceId, path, identity } of devices) if (identity === null || ports === null) put(deviceId, path);
  const searched = devices.filter(({ deviceId }) => !placements.has(deviceId));
  for (const device of searched) {
    const atItsSocket = ports?.filter((port) => isTheSame(device, port) && port.identity.location === device.identity?.location) ?? [];
    const [only, another] = atItsSocket.filter(({ path }) => !taken.has(path));
    if (only && !another) put(device.deviceId, only.path);
  }
  const moved = searched.filter(({ deviceId }) => !placements.has(deviceId));
  for (const device of moved) {
    const free = ports?.filter((port) => isTheSame(device, port) && !taken.has(port.path)) ?? [];
    const rivals = moved.filter(
      (other) => other !== device && device.identity && other.identity && isAlike(device.identity, other.identity),
    );
    const [first] = free;
    if (!first) placements.set(device.deviceId, { kind: "absent" });
    else if (free.length > 1 || rivals.length > 0) placements.set(device.deviceId, { kind: "unclear" });
    else put(device.deviceId, first.path);
  }
  return placements;
}

/** A built-in port says nothing about itself; its name does not change. */
const isNameless = (identity: PortIdentity): boolean => !hasUsbIds(identity) && identity.pnpId === null;
