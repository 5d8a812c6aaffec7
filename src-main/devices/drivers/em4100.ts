import type { DeviceEvent } from "#main/devices/device-event.ts";
import type { Command, Driver, DriverPorts } from "#main/devices/driver.ts";
import { Em4100Framer, type TagOutcome } from "#main/devices/framing/em4100/framer.ts";
import { em4100Settings } from "#shared/domain/devices/em4100-settings.ts";
import { Silence } from "#main/devices/framing/silence.ts";

/**
 * A reader of 125 kHz tags: it repeats a tag for as long as it lies there, and this makes one event of it.
 *
 * A tag is present from its first good frame until `presenceMs` have passed without another, until another tag is read,
 * or until the port is gone. Damaged frames of a tag that is present are passed over: it was read already.
 */
class Em4100Driver implements Driver {
  readonly family = "rfid.em4100";
  readonly #framer: Em4100Framer;
  readonly #presenceMs: number;
  readonly #absence: Silence;
  readonly #listeners: ((event: DeviceEvent) => void)[] = [];
  #presentUid: string | undefined;
  #isLost = false;

  constructor(settings: unknown, { clock }: DriverPorts) {
    const { idleMs, presenceMs } = em4100Settings.parse(settings);
    this.#framer = new Em4100Framer(idleMs, clock, (outcome) => this.#take(outcome));
    this.#presenceMs = presenceMs;
    this.#absence = new Silence(clock, () => this.#remove());
  }

  start(_command: Command): void {
    this.#emit({ type: "commandFailed", code: "BAD_FORMAT" });
  }

  data(bytes: Uint8Array): void {
    if (!this.#isLost) this.#framer.data(bytes);
  }

  lost(): void {
    if (this.#isLost) return;
    this.#isLost = true;
    this.#framer.lost();
    this.#absence.stop();
    this.#remove();
    this.#emit({ type: "portLost", code: "PORT_LOST" });
  }

  on(callback: (event: DeviceEvent) => void): void {
    this.#listeners.push(callback);
  }

  #take(outcome: TagOutcome): void {
    if (outcome.kind === "failure") {
      if (this.#presentUid === undefined) this.#emit({ type: "cardReadFailed", code: outcome.code });
      return;
    }
    this.#absence.await(this.#presenceMs);
    const { uid } = outcome;
    if (uid === this.#presentUid) return;
    this.#remove();
    this.#presentUid = uid;
    this.#emit({ type: "cardRead", media: "em4100", uid, decimal: printedNumberOf(uid) });
  }

  #remove(): void {
    const uid = this.#presentUid;
    this.#presentUid = undefined;
    if (uid !== undefined) this.#emit({ type: "cardRemoved", uid });
  }

  #emit(event: DeviceEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}

/** What most tags have printed on them: the last four of their five bytes, in ten decimal digits. */
const printedNumberOf = (uid: string): string => String(Number.parseInt(uid.slice(2), 16)).padStart(10, "0");

export const makeEm4100Driver = (settings: unknown, ports: DriverPorts): Driver => new Em4100Driver(settings, ports);
