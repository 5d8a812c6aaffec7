import type { TraceLine } from "#shared/contracts/devices.ts";
import { err, ok, type Result } from "#shared/std/result.ts";
import type { Ports } from "#main/app/ports/ports.ts";

/** What came over a device's line lately. */
export const makeTraceDevice =
  ({ devices }: Pick<Ports, "devices">) =>
  ({ deviceId }: { deviceId: string }): Result<TraceLine[], { code: "DEVICE_NOT_FOUND" }> => {
    const lines = devices.trace(deviceId);
    return lines ? ok([...lines]) : err({ code: "DEVICE_NOT_FOUND" });
  };
