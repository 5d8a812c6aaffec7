import { portSettings, type PortSettings } from "#shared/domain/devices/port-settings.ts";
import type { Clock } from "#main/devices/clock.ts";
import { DeviceError } from "#main/devices/device-error.ts";
import { isPluggedIn } from "./device-node.ts";
import { toPortError } from "./port-error.ts";
import type { Transport } from "./transport.ts";

/** What is used of serialport's port. */
export type PortHandle = {
  readonly isOpen: boolean;
  open(callback: (error: Error | null) => void): void;
  close(callback: (error: Error | null) => void): void;
  write(bytes: Uint8Array, callback: (error: Error | null | undefined) => void): unknown;
  set(lines: { dtr: boolean; rts: boolean }, callback: (error: Error | null) => void): void;
  on(event: "data", callback: (bytes: Uint8Array) => void): unknown;
  on(event: "open" | "error" | "close", callback: (error?: Error | null) => void): unknown;
};

/** What a test of a broken port or of a silent system replaces. */
export type PortSystem = {
  readonly makePort: (options: Required<PortSettings> & { path: string; autoOpen: false; lock: true }) => Promise<PortHandle>;
  readonly isPluggedIn: (path: string) => Promise<boolean>;
};

/** The library is loaded with the first port: a counter without one, or whose port is looked for, is on the screen before that. */
const realPorts: PortSystem = {
  makePort: async (options) => {
    const { SerialPort } = await import("serialport");
    return new SerialPort(options);
  },
  isPluggedIn,
};

/** Longer than any answer that was ever measured; a call without an answer must not hold up the counter. */
const callMs = 5000;
const watchdogMs = 500;

type Call = (callback: (error?: Error | null) => void) => void;

/**
 * A port of this machine, through serialport 13, whose habits decide the shape of this file (measured, Linux):
 *
 * - A write to a closed port answers nothing and is sent when the same object is opened again; draining one never
 *   answers. So every open has an object of its own, nothing is written unless it is open, and every call has a timer.
 * - Without a `data` listener the loss of a port goes unseen; an `error` without listener ends the process. So all
 *   listeners are there before the open.
 * - A cable pulled while bytes flow can leave `isOpen` true, no `close` event and one core busy. So a watchdog looks
 *   whether the device is still there; closing ends the busy loop.
 */
export class SerialTransport implements Transport {
  readonly #path: string;
  readonly #settings: Required<PortSettings>;
  readonly #clock: Clock;
  readonly #system: PortSystem;
  #port: PortHandle | undefined;
  #onData = (_bytes: Uint8Array): void => {};
  #onLost = (_error: DeviceError): void => {};
  #stopWatchdog = (): void => {};

  constructor(path: string, settings: PortSettings, clock: Clock, system: PortSystem = realPorts) {
    this.#path = path;
    this.#settings = portSettings.parse(settings);
    this.#clock = clock;
    this.#system = system;
  }

  onData(callback: (bytes: Uint8Array) => void): void {
    this.#onData = callback;
  }

  onLost(callback: (error: DeviceError) => void): void {
    this.#onLost = callback;
  }

  async open(): Promise<void> {
    const port = await this.#system.makePort({ path: this.#path, ...this.#settings, autoOpen: false, lock: true });
    port.on("data", (bytes) => {
      if (this.#port === port) this.#onData(bytes);
    });
    port.on("error", (error) => this.#lose(port, error));
    port.on("close", (error) => this.#lose(port, error));
    await this.#call((done) => port.open(done)).catch((cause: unknown) => {
      // An open that was given up may still succeed, and would keep the lock from the next try.
      port.on("open", () => port.close(() => {}));
      throw cause;
    });
    // Readers powered by the port take their power from these lines. A pseudo terminal has none and says so.
    await this.#call((done) => port.set({ dtr: true, rts: true }, done)).catch(() => {});
    if (!port.isOpen) throw new DeviceError("PORT_LOST", "port", `${this.#path} went away while it was opened`);
    this.#port = port;
    this.#watch(port);
  }

  async close(): Promise<void> {
    const port = this.#release();
    if (port?.isOpen) await this.#call((done) => port.close(done)).catch(() => {});
  }

  async write(bytes: Uint8Array): Promise<void> {
    const port = this.#port;
    if (!port?.isOpen) throw new DeviceError("PORT_LOST", "port", `${this.#path} is not open`);
    await this.#call((done) => port.write(bytes, done));
  }

  #watch(port: PortHandle): void {
    this.#stopWatchdog = this.#clock.after(watchdogMs, () => void this.#lookAfter(port));
  }

  async #lookAfter(port: PortHandle): Promise<void> {
    const isThere = await this.#system.isPluggedIn(this.#path);
    if (this.#port !== port) return;
    if (isThere) this.#watch(port);
    else this.#lose(port, new Error("no such device any more"));
  }

  #lose(port: PortHandle, cause: Error | null | undefined): void {
    if (this.#port !== port) return;
    this.#release();
    if (port.isOpen) port.close(() => {});
    this.#onLost(new DeviceError("PORT_LOST", "port", `${this.#path}: ${cause?.message ?? "closed"}`, { cause }));
  }

  /** From here on this transport hears nothing more of the port. */
  #release(): PortHandle | undefined {
    const port = this.#port;
    this.#port = undefined;
    this.#stopWatchdog();
    return port;
  }

  #call(call: Call): Promise<void> {
    return new Promise((resolve, reject) => {
      const stopTimer = this.#clock.after(callMs, () => reject(new DeviceError("PORT_IO", "port", `${this.#path} does not answer`)));
      call((error) => {
        stopTimer();
        if (error) reject(toPortError(error, this.#path));
        else resolve();
      });
    });
  }
}
