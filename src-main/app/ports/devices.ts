import type { DeviceView, FoundPort, TraceLine } from "#shared/contracts/devices.ts";
import type { ConfiguredDevice } from "#shared/domain/devices/configured-device.ts";
import type { PortThere } from "#shared/domain/devices/place-devices.ts";
import type { Result } from "#shared/std/result.ts";
import type { CardTracks } from "#shared/domain/cards/identify-card.ts";
import type { SwipeEvent } from "#main/app/cards/receive-swipe.ts";

/** A port of this computer as its list shows it. */
export type PluggedPort = PortThere & Pick<FoundPort, "guess" | "title">;

/** What an encoder is asked to do with the next card that is drawn through it. */
export type CardTask =
  | { readonly type: "readIso" }
  /** Between the sentinels; a track that is left out is emptied. */
  | { readonly type: "writeIso"; readonly tracks: CardTracks };

/** What it says has happened. That it wrote is no proof: only what is read back is on the card. */
export type CardTaskOutcome =
  | SwipeEvent
  | { readonly type: "cardWritten" }
  /** `UNKNOWN_OUTCOME`: the line broke, and what the card holds now nobody knows. `status` is the device's own word. */
  | { readonly type: "cardWriteFailed"; readonly code: string; readonly status?: string };

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
  /**
   * Has an encoder do one thing with the next card, and waits for it as long as the device is set up to.
   *
   * @param signal takes the encoder out of its wait when the one who asked has gone
   */
  readonly work: (
    deviceId: string,
    task: CardTask,
    signal: AbortSignal | undefined,
  ) => Promise<Result<CardTaskOutcome, { code: "DEVICE_NOT_READY" } | { code: "TEST_RUNNING" }>>;
};
