import type { Clock } from "#main/devices/clock.ts";
import type { CardReadFailureCode } from "#main/devices/device-error.ts";
import { Silence } from "#main/devices/framing/silence.ts";

/** What one frame came to; the UID is ten hexadecimal digits in upper case. */
export type TagOutcome =
  | { readonly kind: "tag"; readonly uid: string }
  | {
      readonly kind: "failure";
      readonly code: Extract<CardReadFailureCode, "TRUNCATED" | "BAD_FORMAT" | "BAD_CHARACTER" | "CHECKSUM_MISMATCH">;
    };

const stx = 0x02;
const etx = 0x03;
const uidDigits = 10;
/** The UID and its checksum. */
const frameDigits = 12;
/** The same with the CR LF of some makers. */
const charactersMax = 14;

/**
 * Cuts the stream of a 125 kHz tag reader into frames.
 *
 * The outcome is a function of the bytes and the silences between them, whatever chunks they come in. Nothing throws,
 * and no more is kept than one frame.
 *
 * @see docs/protocols/rfid-em4100.md
 */
export class Em4100Framer {
  readonly #idleMs: number;
  readonly #onOutcome: (outcome: TagOutcome) => void;
  readonly #silence: Silence;
  /** The characters of the frame that is coming in; undefined between frames, where bytes are noise. */
  #characters: number[] | undefined;

  constructor(idleMs: number, clock: Clock, onOutcome: (outcome: TagOutcome) => void) {
    this.#idleMs = idleMs;
    this.#onOutcome = onOutcome;
    this.#silence = new Silence(clock, () => this.#cutOff());
  }

  /** Characters of card data held at this moment. */
  get heldCharacters(): number {
    return this.#characters?.length ?? 0;
  }

  data(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    for (const byte of bytes) this.#receive(byte);
    if (this.#characters) this.#silence.await(this.#idleMs);
    else this.#silence.stop();
  }

  /** The port is gone, and with it the rest of a frame that had begun. */
  lost(): void {
    this.#silence.stop();
    this.#cutOff();
  }

  #receive(byte: number): void {
    if (byte === stx) {
      this.#cutOff();
      this.#characters = [];
    } else if (byte === etx) {
      if (this.#characters) this.#end(readFrame(this.#characters));
    } else if (this.#characters) {
      // Said here and not at the ETX, which may never come; what follows is noise until the next frame.
      if (this.#characters.length === charactersMax) this.#end({ kind: "failure", code: "BAD_FORMAT" });
      else this.#characters.push(byte);
    }
  }

  #cutOff(): void {
    if (this.#characters) this.#end({ kind: "failure", code: "TRUNCATED" });
  }

  #end(outcome: TagOutcome): void {
    this.#characters = undefined;
    this.#onOutcome(outcome);
  }
}

function readFrame(characters: readonly number[]): TagOutcome {
  const text = String.fromCharCode(...characters);
  const digits = text.length === charactersMax && text.endsWith("\r\n") ? text.slice(0, frameDigits) : text;
  if (digits.length < frameDigits) return { kind: "failure", code: "TRUNCATED" };
  if (digits.length > frameDigits) return { kind: "failure", code: "BAD_FORMAT" };
  if (!/^[0-9A-Fa-f]*$/.test(digits)) return { kind: "failure", code: "BAD_CHARACTER" };
  // The last byte is the XOR of the five before it, so all six together are zero.
  const remainder = (digits.match(/../g) ?? []).reduce((sum, pair) => sum ^ Number.parseInt(pair, 16), 0);
  if (remainder !== 0) return { kind: "failure", code: "CHECKSUM_MISMATCH" };
  return { kind: "tag", uid: digits.slice(0, uidDigits).toUpperCase() };
}
