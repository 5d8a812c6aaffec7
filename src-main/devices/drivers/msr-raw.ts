import type { DeviceEvent } from "#main/devices/device-event.ts";
import type { Command, Driver, DriverPorts } from "#main/devices/driver.ts";
import { decodeTrack } from "#main/devices/framing/msr-raw/decode-track.ts";
import { Silence } from "#main/devices/framing/silence.ts";
import { msrRawSettings } from "#shared/domain/devices/msr-raw-settings.ts";

/**
 * The bits of one track after another, as an old reader or an encoder's raw read gives them. No bit of them says where a track ends, so
 * silence does.
 *
 * @see docs/protocols/msr-raw.md
 */
class MsrRawDriver implements Driver {
  readonly family = "msr.raw";
  readonly #settings: ReturnType<typeof msrRawSettings.parse>;
  readonly #silence: Silence;
  readonly #listeners: ((event: DeviceEvent) => void)[] = [];
  #bytes: number[] = [];
  /** More came than a track can be: that was said, and the rest of it is dropped. */
  #isDropping = false;
  #isLost = false;

  constructor(settings: unknown, { clock }: DriverPorts) {
    this.#settings = msrRawSettings.parse(settings);
    this.#silence = new Silence(clock, () => this.#endTrack());
  }

  start(_command: Command): void {
    this.#emit({ type: "commandFailed", code: "BAD_FORMAT" });
  }

  data(bytes: Uint8Array): void {
    if (this.#isLost || bytes.length === 0) return;
    for (const byte of bytes) this.#take(byte);
    this.#silence.await(this.#settings.idleMs);
  }

  lost(): void {
    if (this.#isLost) return;
    this.#isLost = true;
    this.#silence.stop();
    // What came looks like a whole track or not by chance: its end was not seen.
    if (this.#bytes.length > 0) this.#emit({ type: "cardReadFailed", code: "TRUNCATED" });
    this.#bytes = [];
    this.#emit({ type: "portLost", code: "PORT_LOST" });
  }

  on(callback: (event: DeviceEvent) => void): void {
    this.#listeners.push(callback);
  }

  #take(byte: number): void {
    if (this.#isDropping) return;
    if (this.#bytes.length < this.#settings.maxBytes) {
      this.#bytes.push(byte);
      return;
    }
    this.#isDropping = true;
    this.#bytes = [];
    this.#emit({ type: "cardReadFailed", code: "OVERSIZE" });
  }

  #endTrack(): void {
    const bytes = Uint8Array.from(this.#bytes);
    this.#bytes = [];
    const wasDropping = this.#isDropping;
    this.#isDropping = false;
    if (wasDropping) return;
    const { track, bitOrder } = this.#settings;
    const decoded = decodeTrack(bytes, track, bitOrder);
    this.#emit(
      decoded.ok
        ? { type: "cardRead", media: "magstripe", tracks: { [track]: decoded.value } }
        : { type: "cardReadFailed", code: decoded.error },
    );
  }

  #emit(event: DeviceEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}

export const makeMsrRawDriver = (settings: unknown, ports: DriverPorts): Driver => new MsrRawDriver(settings, ports);
