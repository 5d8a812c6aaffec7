import type { DeviceEvent } from "#main/devices/device-event.ts";
import type { Command, Driver, DriverPorts } from "#main/devices/driver.ts";
import type { CardOutcome } from "#main/devices/framing/msr-serial/card-reading.ts";
import { MsrSerialFramer } from "#main/devices/framing/msr-serial/framer.ts";
import { msrSerialSettings } from "#shared/domain/devices/msr-serial-settings.ts";

/** A magnetic stripe reader that only talks: it is ready when its port is open, and it takes no commands. */
class MsrSerialDriver implements Driver {
  readonly family = "msr.serial";
  readonly #framer: MsrSerialFramer;
  readonly #listeners: ((event: DeviceEvent) => void)[] = [];
  #isLost = false;

  constructor(settings: unknown, { clock }: DriverPorts) {
    this.#framer = new MsrSerialFramer(msrSerialSettings.parse(settings), clock, (outcome) => this.#emit(toEvent(outcome)));
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
    this.#emit({ type: "portLost", code: "PORT_LOST" });
  }

  on(callback: (event: DeviceEvent) => void): void {
    this.#listeners.push(callback);
  }

  #emit(event: DeviceEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}

function toEvent(outcome: CardOutcome): DeviceEvent {
  if (outcome.kind === "failure") return { type: "cardReadFailed", code: outcome.code };
  const { tracks, trackErrors } = outcome;
  const hasErrors = Object.keys(trackErrors).length > 0;
  return { type: "cardRead", media: "magstripe", tracks, ...(hasErrors && { trackErrors }) };
}

export const makeMsrSerialDriver = (settings: unknown, ports: DriverPorts): Driver => new MsrSerialDriver(settings, ports);
