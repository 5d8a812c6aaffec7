import type { Clock } from "./clock.ts";
import type { DeviceEvent } from "./device-event.ts";

/** What a device is asked to do; the other fields are those of its family. */
export type Command = { readonly type: string; readonly [field: string]: unknown };

/**
 * One kind of device, from bytes to meaning, for the life of one opened port.
 *
 * Drivers and framers know neither Node nor the port: time and the way back to the device are handed in, so the same
 * code runs against a real line, a recording and a clock that stands still. Nothing here throws once it is made.
 */
export interface Driver {
  readonly family: string;
  /** What the device must have answered before it is ready: harmless, and over in a moment. A device that only talks has none. */
  readonly preparation?: Command;
  /** One command at a time. */
  start(command: Command): void;
  data(bytes: Uint8Array): void;
  /** The port is gone: what was unfinished ends with its own failure, then comes `portLost`, then nothing more. */
  lost(): void;
  on(callback: (event: DeviceEvent) => void): void;
}

export type DriverPorts = { readonly clock: Clock; readonly write: (bytes: Uint8Array) => void };

/** @param settings overrides of the family's defaults, as stored with the device; @throws ZodError when one is out of its range */
export type MakeDriver = (settings: unknown, ports: DriverPorts) => Driver;
