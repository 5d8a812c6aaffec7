import { DeviceError } from "#main/devices/device-error.ts";
import type { Transport } from "./transport.ts";

/** A line whose port is looked for when it is opened and not before: where the device was a second ago another may be by now. */
export class FoundTransport implements Transport {
  readonly #find: () => Promise<Transport>;
  #found: Transport | undefined;
  #isClosed = false;
  #onData = (_bytes: Uint8Array): void => {};
  #onLost = (_error: DeviceError): void => {};

  /** @param find throws DeviceError `PORT_NOT_FOUND` or `PORT_UNCLEAR` when there is none to open */
  constructor(find: () => Promise<Transport>) {
    this.#find = find;
  }

  async open(): Promise<void> {
    const found = await this.#find();
    if (this.#isClosed) throw new DeviceError("PORT_LOST", "port", "closed while its port was looked for");
    found.onData((bytes) => this.#onData(bytes));
    found.onLost((error) => this.#onLost(error));
    this.#found = found;
    await found.open();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#found?.close();
  }

  async write(bytes: Uint8Array): Promise<void> {
    if (!this.#found) throw new DeviceError("PORT_LOST", "port", "not open");
    await this.#found.write(bytes);
  }

  onData(callback: (bytes: Uint8Array) => void): void {
    this.#onData = callback;
  }

  onLost(callback: (error: DeviceError) => void): void {
    this.#onLost = callback;
  }
}
