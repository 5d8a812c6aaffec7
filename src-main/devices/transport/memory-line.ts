import { DeviceError } from "#main/devices/device-error.ts";
import type { DeviceEnd, Transport } from "./transport.ts";

/** A cable without a port: what one end writes the other has at once, in the same chunk. */
export function makeMemoryLine(): { readonly transport: Transport; readonly device: DeviceEnd } {
  let isOpen = false;
  let isPlugged = true;
  let toApp = (_bytes: Uint8Array): void => {};
  let toDevice = (_bytes: Uint8Array): void => {};
  let onLost = (_error: DeviceError): void => {};
  const gone = (): DeviceError => new DeviceError("PORT_LOST", "port", "the memory line is not open");

  return {
    transport: {
      async open() {
        if (!isPlugged) throw new DeviceError("PORT_NOT_FOUND", "port", "the memory line is unplugged");
        if (isOpen) throw new DeviceError("PORT_BUSY", "port", "the memory line is open already");
        isOpen = true;
      },
      async close() {
        isOpen = false;
      },
      async write(bytes) {
        if (!isOpen) throw gone();
        toDevice(bytes);
      },
      onData(callback) {
        toApp = callback;
      },
      onLost(callback) {
        onLost = callback;
      },
    },
    device: {
      // As on a real port, what comes before somebody listens is gone.
      write: (bytes) => (isOpen ? toApp(bytes) : undefined),
      onData(callback) {
        toDevice = callback;
      },
      unplug() {
        const wasOpen = isOpen;
        isPlugged = false;
        isOpen = false;
        if (wasOpen) onLost(gone());
      },
    },
  };
}
