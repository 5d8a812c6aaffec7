import type { DeviceError } from "#main/devices/device-error.ts";

/** Bytes in, bytes out. A port that was lost is opened again as a new transport, so that nothing half sent is sent again. */
export interface Transport {
  /** @throws DeviceError `PORT_*` */
  open(): Promise<void>;
  /** Resolves also when the port was closed already, or does not answer. No `onLost` follows. */
  close(): Promise<void>;
  /** @throws DeviceError `PORT_LOST` at once when the port is not open: bytes never wait for a later open */
  write(bytes: Uint8Array): Promise<void>;
  onData(callback: (bytes: Uint8Array) => void): void;
  /** Called exactly once for a port that was open and is gone. */
  onLost(callback: (error: DeviceError) => void): void;
}

/** The other end of the line: what a device holds in its hand. */
export interface DeviceEnd {
  write(bytes: Uint8Array): void;
  onData(callback: (bytes: Uint8Array) => void): void;
  /** Pulls the cable. */
  unplug(): void;
}
