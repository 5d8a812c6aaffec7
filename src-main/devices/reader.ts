import type { DeviceState } from "#shared/contracts/devices.ts";
import { backoffMs } from "./backoff.ts";
import type { Clock } from "./clock.ts";
import { DeviceError, type DeviceErrorCode } from "./device-error.ts";
import type { DeviceEvent } from "./device-event.ts";
import type { Command, Driver, DriverPorts } from "./driver.ts";
import type { Transport } from "./transport/transport.ts";

export type ReaderStatus = {
  readonly state: DeviceState;
  /** Why it is not ready; null while it is, or while that is being found out. */
  readonly reason: DeviceErrorCode | null;
  /** Several unreadable swipes in a row: more likely a wrong speed or parity than so many damaged cards. */
  readonly hint: "CHECK_SPEED" | null;
};

export type ReaderPorts = {
  readonly clock: Clock;
  /** From 0 to 1. */
  readonly random: () => number;
  /** Asked at every try, so that a reader may come back under another path. */
  readonly makeTransport: () => Transport;
  readonly makeDriver: (ports: DriverPorts) => Driver;
};

/** A port that held this long has shown that it works: the next failure starts with the shortest wait again. */
const provenMs = 30_000;
const failuresBeforeHint = 5;

const stateByCode: Partial<Record<DeviceErrorCode, DeviceState>> = {
  PORT_NOT_FOUND: "absent",
  PORT_UNCLEAR: "unclear",
  PORT_BUSY: "busy",
  PORT_DENIED: "denied",
};

/**
 * Keeps one reader open for as long as the counter is: opens it, notices that it went, waits and opens it again.
 *
 * Every try has a transport, a framer and a driver of its own, so nothing half received survives a pulled cable. Its
 * status and its reasons are codes; card data is in the events alone.
 */
export class Reader {
  readonly #ports: ReaderPorts;
  readonly #onStatus: ((status: ReaderStatus) => void)[] = [];
  readonly #onEvent: ((event: DeviceEvent) => void)[] = [];
  #status: ReaderStatus = { state: "absent", reason: null, hint: null };
  /** The transport of the running try; another one, or none, means that the try is over. */
  #transport: Transport | undefined;
  /** The driver of the running try, once its device is ready. */
  #driver: Driver | undefined;
  #failedTries = 0;
  #failedReads = 0;
  #stopTimer = (): void => {};

  constructor(ports: ReaderPorts) {
    this.#ports = ports;
  }

  get status(): ReaderStatus {
    return this.#status;
  }

  onStatus(callback: (status: ReaderStatus) => void): void {
    this.#onStatus.push(callback);
  }

  onEvent(callback: (event: DeviceEvent) => void): void {
    this.#onEvent.push(callback);
  }

  /** Returns at once; how it goes is told by the status. Called again during a wait it cuts the wait short. */
  start(): void {
    if (this.#transport) return;
    this.#stopTimer();
    void this.#open();
  }

  /** @returns whether the device is ready and was told; what comes of it is an event */
  tell(command: Command): boolean {
    this.#driver?.start(command);
    return this.#driver !== undefined;
  }

  /** Gives the port back. A swipe that is under way is dropped. */
  async close(): Promise<void> {
    const transport = this.#release();
    this.#failedTries = 0;
    this.#failedReads = 0;
    await transport?.close();
    this.#say({ state: "absent", reason: null, hint: null });
  }

  async #open(): Promise<void> {
    const { clock, makeTransport, makeDriver } = this.#ports;
    const transport = makeTransport();
    this.#transport = transport;
    this.#say({ state: "opening", reason: null });

    const lose = (cause: unknown): void => {
      driver.lost();
      this.#fail(transport, cause);
    };
    const driver = makeDriver({ clock, write: (bytes) => void transport.write(bytes).catch(lose) });
    driver.on((event) => {
      if (this.#transport !== transport) return;
      if (driver.preparation && this.#driver !== driver) this.#prepared(transport, driver, event);
      else this.#pass(event);
    });
    transport.onData((bytes) => driver.data(bytes));
    transport.onLost(lose);
    try {
      await transport.open();
    } catch (cause) {
      this.#fail(transport, cause);
      return;
    }
    if (this.#transport !== transport) {
      // The reader was closed while its port was opening.
      await transport.close();
      return;
    }
    if (driver.preparation) driver.start(driver.preparation);
    else this.#becomeReady(driver);
  }

  #becomeReady(driver: Driver): void {
    this.#driver = driver;
    this.#say({ state: "ready", reason: null });
    this.#stopTimer = this.#ports.clock.after(provenMs, () => {
      this.#failedTries = 0;
    });
  }

  /** What a device that must be prepared says before it is ready. One that does not answer may be another device, or have no power yet. */
  #prepared(transport: Transport, driver: Driver, event: DeviceEvent): void {
    if (event.type === "commandDone") this.#becomeReady(driver);
    else if (event.type === "commandFailed") this.#fail(transport, new DeviceError(event.code, driver.family, "the device was not ready"));
  }

  #fail(transport: Transport, cause: unknown): void {
    if (this.#transport !== transport) return;
    this.#release();
    void transport.close();
    const reason = cause instanceof DeviceError ? cause.code : "PORT_IO";
    const waitMs = backoffMs(this.#failedTries, this.#ports.random());
    this.#failedTries += 1;
    this.#stopTimer = this.#ports.clock.after(waitMs, () => void this.#open());
    this.#say({ state: stateByCode[reason] ?? "backoff", reason });
  }

  #pass(event: DeviceEvent): void {
    // A device that answers is spoken to at its speed.
    if (event.type === "cardReadFailed" && this.#driver?.preparation === undefined) this.#failedReads += 1;
    if (event.type === "cardRead") this.#failedReads = 0;
    for (const callback of this.#onEvent) callback(event);
    const hint = this.#failedReads >= failuresBeforeHint ? "CHECK_SPEED" : null;
    if (hint !== this.#status.hint) this.#say({ hint });
  }

  #release(): Transport | undefined {
    const transport = this.#transport;
    this.#transport = undefined;
    this.#driver = undefined;
    this.#stopTimer();
    return transport;
  }

  #say(change: Partial<ReaderStatus>): void {
    this.#status = { ...this.#status, ...change };
    for (const callback of this.#onStatus) callback(this.#status);
  }
}
