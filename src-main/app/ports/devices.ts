import type { DeviceView, FoundPort, TraceLine } from "#shared/contracts/devices.ts";
import type { ConfiguredDevice } from "#shared/domain/devices/configured-device.ts";
import type { PortThere } from "#shared/domain/devices/place-devices.ts";
import type { Result } from "#shared/std/result.ts";
import type { SwipeEvent } from "#main/app/cards/receive-swipe.ts";

/** A port of this computer as its list shows it. */
export type PluggedPort = PortThere & Pick<FoundPort, "guess" | "title">;

/** The devices that run at this station, each by itself. */
export type Devices = {
  /** From now on these, beside those that were given at the start. One that did not change goes on undisturbed. */
  readonly setUp: (devices: readonly ConfiguredDevice[]) => void;
  readonly running: () => readonly DeviceView[];
  /** Resolves when the first try to open a device that was set up has come to something, or after a while. */
  readonly tried: (deviceId: string) => Promise<void>;
  /** Looks anew. @returns null when the system has no list of its ports */
  readonly plugged: () => Promise<readonly PluggedPort[] | null>;
  /** @returns what came lately, masked, oldest first; undefined for a device that is not there */
  readonly trace: (deviceId: string) => readonly TraceLine[] | undefined;
  /**
   * Takes the next card of this device for itself; the counter hears nothing of it.
   *
   * @param signal ends the wait when the one who asked has gone
   * @returns null when no card came in time
   */
  readonly nextRead: (
    deviceId: string,
    signal: AbortSignal | undefined,
  ) => Promise<Result<SwipeEvent | null, { code: "DEVICE_NOT_READY" } | { code: "TEST_RUNNING" }>>;
};
