import type { DeviceHint, DeviceState } from "#shared/contracts/devices.ts";
import type { DeviceSetup } from "#shared/domain/devices/device-setup.ts";
import { err, ok } from "#shared/std/result.ts";
import type { SwipeEvent } from "#main/app/cards/receive-swipe.ts";
import type { CardTask, CardTaskOutcome, Devices } from "#main/app/ports/devices.ts";
import type { Clock } from "#main/devices/clock.ts";
import type { DeviceEvent } from "#main/devices/device-event.ts";
import type { MakeDriver } from "#main/devices/driver.ts";
import { Reader, type ReaderStatus } from "#main/devices/reader.ts";
import type { Transport } from "#main/devices/transport/transport.ts";
import type { DeviceHistory } from "./device-history.ts";
import { observeDriver } from "./observe-driver.ts";

export type RunningDevicePorts = {
  readonly clock: Clock;
  /** From 0 to 1. */
  readonly random: () => number;
  readonly makeTransport: () => Transport;
  readonly makeDriver: MakeDriver;
  readonly history: DeviceHistory;
  /** A card for the counter. */
  readonly onCard: (event: SwipeEvent) => void;
  /** State or hint. */
  readonly onStatus: () => void;
  /** Anything that a list of devices shows. */
  readonly onChange: () => void;
};

type NextRead = Awaited<ReturnType<Devices["nextRead"]>>;
type Asked = Awaited<ReturnType<Devices["work"]>>;
type Test = (read: SwipeEvent | null) => void;

/** How long a person is given to draw a card through a device that is tried out. */
const testMs = 20_000;

/** One device with one setup, from its first open to the moment when it is taken away or set up otherwise. */
export class RunningDevice {
  readonly #ports: RunningDevicePorts;
  readonly #reader: Reader;
  /** Resolves when the first try to open it has come to something. */
  readonly tried: Promise<void>;
  #wasTried = (): void => {};
  #hasSevenBits = false;
  #test: Test | undefined;
  readonly #isAsked: boolean;
  #asked: ((outcome: CardTaskOutcome) => void) | undefined;

  constructor(setup: DeviceSetup, ports: RunningDevicePorts) {
    this.#ports = ports;
    this.#isAsked = setup.family === "msr605";
    this.tried = new Promise((resolve) => {
      this.#wasTried = resolve;
    });
    const { clock, random, makeTransport, makeDriver, history } = ports;
    this.#reader = new Reader({
      clock,
      random,
      makeTransport,
      makeDriver: (driverPorts) =>
        observeDriver(makeDriver, setup.reader, driverPorts, {
          carried: (direction, bytes) => {
            history.carried(direction, bytes);
            ports.onChange();
          },
          sevenBits: (areSeen) => this.#setSevenBits(areSeen),
        }),
    });
    this.#reader.onStatus((status) => this.#takeStatus(status));
    this.#reader.onEvent((event) => this.#takeEvent(event));
  }

  get state(): DeviceState {
    return this.#reader.status.state;
  }

  get hint(): DeviceHint | null {
    return this.#hasSevenBits ? "SEVEN_BITS" : this.#reader.status.hint;
  }

  /** Opens it, or cuts the wait for the next try short. */
  start(): void {
    this.#reader.start();
  }

  async close(): Promise<void> {
    this.#test?.(null);
    // Left alone, an encoder would write on whatever is drawn through it next.
    if (this.#asked) this.#reader.tell({ type: "cancel" });
    await this.#reader.close();
  }

  /** @see Devices.work */
  async work(task: CardTask, signal: AbortSignal | undefined): Promise<Asked> {
    if (this.#asked) return err({ code: "TEST_RUNNING" });
    if (!this.#isAsked || this.state !== "ready") return err({ code: "DEVICE_NOT_READY" });
    const cancel = (): void => void this.#reader.tell({ type: "cancel" });
    const outcome = await new Promise<CardTaskOutcome>((resolve) => {
      this.#asked = resolve;
      signal?.addEventListener("abort", cancel);
      this.#reader.tell(task);
      if (signal?.aborted) cancel();
    });
    signal?.removeEventListener("abort", cancel);
    return ok(outcome);
  }

  /** @see Devices.nextRead */
  async nextRead(signal: AbortSignal | undefined): Promise<NextRead> {
    if (this.#isAsked) return this.#readByTask(signal);
    if (this.#test) return err({ code: "TEST_RUNNING" });
    if (this.state !== "ready") return err({ code: "DEVICE_NOT_READY" });
    const read = await new Promise<SwipeEvent | null>((resolve) => {
      const stop = this.#ports.clock.after(testMs, () => this.#test?.(null));
      const gone = (): void => this.#test?.(null);
      signal?.addEventListener("abort", gone);
      this.#test = (found) => {
        this.#test = undefined;
        stop();
        signal?.removeEventListener("abort", gone);
        resolve(found);
      };
    });
    return ok(read);
  }

  async #readByTask(signal: AbortSignal | undefined): Promise<NextRead> {
    const asked = await this.work({ type: "readIso" }, signal);
    if (!asked.ok) return asked;
    const { value } = asked;
    if (value.type !== "cardRead" && value.type !== "cardReadFailed") return ok(null);
    const hasNobodySwiped = value.type === "cardReadFailed" && (value.code === "NO_RESPONSE" || value.code === "CANCELLED");
    return ok(hasNobodySwiped ? null : value);
  }

  #takeStatus(status: ReaderStatus): void {
    const { history, onStatus, onChange } = this.#ports;
    history.cameInto(status.state);
    if (status.state !== "opening") this.#wasTried();
    if (status.reason !== null) history.failed(status.reason);
    // A port that is gone, or never was, reads no card for anybody.
    if (status.state !== "ready") this.#test?.(null);
    onStatus();
    onChange();
  }

  #takeEvent(event: DeviceEvent): void {
    // The loss of the port is told by the status; that a tag was taken away, nobody asks.
    if (!isOfCard(event)) return;
    const { history, onCard, onChange } = this.#ports;
    if (event.type === "cardRead") history.wasRead();
    else if ("code" in event) history.failed(event.code);
    onChange();
    const asked = this.#asked;
    this.#asked = undefined;
    if (asked) asked(event);
    else if (event.type === "cardWritten" || event.type === "cardWriteFailed") return;
    else if (this.#test) this.#test(event);
    else onCard(event);
  }

  #setSevenBits(areSeen: boolean): void {
    if (this.#hasSevenBits === areSeen) return;
    this.#hasSevenBits = areSeen;
    this.#ports.onStatus();
    this.#ports.onChange();
  }
}

type OfCard = Extract<DeviceEvent, { type: CardTaskOutcome["type"] }>;
const ofCard: readonly DeviceEvent["type"][] = ["cardRead", "cardReadFailed", "cardWritten", "cardWriteFailed"];
const isOfCard = (event: DeviceEvent): event is OfCard => ofCard.includes(event.type);
