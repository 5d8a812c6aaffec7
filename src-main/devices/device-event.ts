import type { CardReadFailureCode, DeviceErrorCode } from "./device-error.ts";

/** The data between the sentinels, without them and without the LRC. Holds card numbers: it goes to `identifyCard` and nowhere else. */
export type Tracks = { readonly 1?: string; readonly 2?: string; readonly 3?: string };

/** Why a track that was not required is not among the tracks: the reader could not read it, or it is blank. */
export type TrackErrors = { readonly [track in keyof Tracks]: "TRACK_READ_ERROR" | "TRACK_MISSING" };

/** What a device had to say. A card is only ever a complete, checked frame. */
export type DeviceEvent =
  | { readonly type: "cardRead"; readonly media: "magstripe"; readonly tracks: Tracks; readonly trackErrors?: TrackErrors }
  | { readonly type: "cardReadFailed"; readonly code: CardReadFailureCode }
  | { readonly type: "commandFailed"; readonly code: DeviceErrorCode }
  /** Always the last event of an opened port. */
  | { readonly type: "portLost"; readonly code: "PORT_LOST" };
