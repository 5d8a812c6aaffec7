import type { DeviceErrorCode } from "./device-error.ts";

/** The data between the sentinels, without them and without the LRC. Holds card numbers: it goes to `identifyCard` and nowhere else. */
export type Tracks = { readonly 1?: string; readonly 2?: string; readonly 3?: string };

/** Why a track that was not required is not among the tracks: the reader could not read it, or it is blank. */
export type TrackErrors = { readonly [track in keyof Tracks]: "TRACK_READ_ERROR" | "TRACK_MISSING" };

/** What a device had to say. A card is only ever a complete, checked frame. */
export type DeviceEvent =
  | { readonly type: "cardRead"; readonly media: "magstripe"; readonly tracks: Tracks; readonly trackErrors?: TrackErrors }
  /** `uid`: ten hexadecimal digits. `decimal`: what is printed on most tags; it leaves out the first byte, so it names no tag for certain. */
  | { readonly type: "cardRead"; readonly media: "em4100"; readonly uid: string; readonly decimal: string }
  | { readonly type: "cardRemoved"; readonly uid: string }
  /** `status`: what the device itself said, in hexadecimal, where it said something. */
  | { readonly type: "cardReadFailed"; readonly code: DeviceErrorCode; readonly status?: string }
  /** Each track's bytes in hexadecimal, as the head found them; a track without any is left out. */
  | { readonly type: "rawRead"; readonly raw: Tracks }
  /** Whether what is on the card was read back; an encoder that has only written says no. */
  | { readonly type: "cardWritten"; readonly verified: boolean }
  | { readonly type: "cardErased" }
  | { readonly type: "cardWriteFailed"; readonly code: DeviceErrorCode; readonly status?: string }
  | { readonly type: "commandDone"; readonly command: string; readonly value?: string }
  | { readonly type: "commandFailed"; readonly code: DeviceErrorCode; readonly status?: string }
  /** Always the last event of an opened port. */
  | { readonly type: "portLost"; readonly code: "PORT_LOST" };
