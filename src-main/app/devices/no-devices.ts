import { err } from "#shared/std/result.ts";
import type { Devices } from "#main/app/ports/devices.ts";

/** A station that nothing hangs on, as one that a program drives. */
export const noDevices: Devices = {
  setUp: () => {},
  running: () => [],
  tried: () => Promise.resolve(),
  plugged: () => Promise.resolve(null),
  trace: () => undefined,
  nextRead: () => Promise.resolve(err({ code: "DEVICE_NOT_READY" })),
  work: () => Promise.resolve(err({ code: "DEVICE_NOT_READY" })),
};
