export type PortErrorCode =
  /** No such port: unplugged, or never there. */
  | "PORT_NOT_FOUND"
  /** Several ports could be the one that is meant: alike adapters, of which none is in the socket it was in. */
  | "PORT_UNCLEAR"
  /** Another program holds it. */
  | "PORT_BUSY"
  /** This user may not open it. */
  | "PORT_DENIED"
  /** It was open and is gone. */
  | "PORT_LOST"
  /** Anything else the system said, and every call it did not answer in time. */
  | "PORT_IO";

/** Why a swipe gave no card. Every one of them is answered by swiping again; see docs/protocols/, the page of the model. */
export type CardReadFailureCode =
  | "TRUNCATED"
  | "OVERSIZE"
  | "BAD_FORMAT"
  | "BAD_CHARACTER"
  | "BAD_SENTINEL"
  | "LRC_MISMATCH"
  | "CHECKSUM_MISMATCH"
  | "PARITY_ERROR"
  | "TRACK_TOO_LONG"
  | "TRACK_READ_ERROR"
  | "TRACK_MISSING";

/** Why a device that was asked something did not do it. */
type ExchangeErrorCode =
  /** It said nothing, or nobody drew a card through in time. */
  | "NO_RESPONSE"
  /** It said no, with a status of its own. */
  | "DEVICE_STATUS"
  /** It is still about the command before. */
  | "DEVICE_BUSY"
  /** Whoever asked no longer wants it. */
  | "CANCELLED"
  /** What was to be done may have been done or not: nobody may do it a second time by himself. */
  | "UNKNOWN_OUTCOME";

/** A command that this device does not know is `BAD_FORMAT`. */
export type DeviceErrorCode = PortErrorCode | CardReadFailureCode | ExchangeErrorCode;

/** The device or its line failing. */
export class DeviceError extends Error {
  override readonly name = "DeviceError";
  readonly code: DeviceErrorCode;
  /** The driver's family, or `port` where the line itself failed. */
  readonly family: string;
  /** Whether the same call may succeed later without anybody changing a right or a setting. */
  readonly retriable: boolean;
  /** For the log: what the system said. Never card data, keyed digits or message text. */
  readonly detail: string;

  constructor(code: DeviceErrorCode, family: string, detail: string, options?: ErrorOptions) {
    super(`${code}: ${detail}`, options);
    this.code = code;
    this.family = family;
    this.retriable = code !== "PORT_DENIED" && code !== "BAD_FORMAT";
    this.detail = detail;
  }
}
