import type { DeviceView, FoundPort } from "#shared/contracts/devices.ts";
import { defaultSetup, deviceFamilies, type DeviceSetup } from "#shared/domain/devices/device-setup.ts";
import { isAlike } from "#shared/domain/devices/place-devices.ts";
import type { PluggedPort } from "#main/app/ports/devices.ts";
import type { Ports } from "#main/app/ports/ports.ts";

/** What is set up, how it is, and what is plugged in beside it. */
export const makeListDevices =
  ({ devices }: Pick<Ports, "devices">) =>
  async (): Promise<{ devices: DeviceView[]; ports: FoundPort[] | null; defaults: DeviceSetup[] }> => {
    const plugged = await devices.plugged();
    const running = [...devices.running()];
    return {
      devices: running,
      ports: plugged && plugged.map((port) => viewOf(port, plugged, running)),
      defaults: deviceFamilies.map(defaultSetup),
    };
  };

function viewOf({ path, identity, guess, title }: PluggedPort, plugged: readonly PluggedPort[], running: readonly DeviceView[]): FoundPort {
  const hasDouble = plugged.some((other) => other.path !== path && isAlike(other.identity, identity));
  const user = running.find((device) => device.path === path && device.state !== "absent" && device.state !== "unclear");
  return { path, guess, title, socket: hasDouble ? identity.location : null, usedBy: user?.deviceId ?? null };
}
