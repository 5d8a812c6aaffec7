import type { CardReadFailureCode } from "#main/devices/device-error.ts";
import { dataCharactersMax, type TrackNumber } from "#main/devices/framing/msr-serial/track.ts";
import { err, ok, type Result } from "#shared/std/result.ts";

/** ISO/IEC 7811: each character is its data bits, lowest first, and one bit that makes the number of ones odd. */
const sixBits = { dataBits: 6, base: 0x20, start: 0x05, end: 0x1f };
const fourBits = { dataBits: 4, base: 0x30, start: 0x0b, end: 0x0f };
type Alphabet = typeof sixBits;
const alphabets: Readonly<Record<TrackNumber, Alphabet>> = { 1: sixBits, 2: fourBits, 3: fourBits };

type Bits = readonly number[];
type Code = Extract<
  CardReadFailureCode,
  "BAD_SENTINEL" | "PARITY_ERROR" | "TRUNCATED" | "LRC_MISMATCH" | "TRACK_MISSING" | "TRACK_TOO_LONG"
>;

/**
 * What stands on a track, from the bits that passed under the head.
 *
 * A card may be drawn through either way, so bits that make no track are tried backwards too; the fault told is the one of the way they came.
 *
 * @returns the text between the sentinels
 */
export function decodeTrack(bytes: Uint8Array, track: TrackNumber, bitOrder: "msb" | "lsb"): Result<string, Code> {
  const bits = bitsOf(bytes, bitOrder);
  const forwards = readBits(bits, track);
  if (forwards.ok) return forwards;
  const backwards = readBits(bits.toReversed(), track);
  return backwards.ok ? backwards : forwards;
}

function bitsOf(bytes: Uint8Array, bitOrder: "msb" | "lsb"): Bits {
  const places = Array.from({ length: 8 }, (_, place) => (bitOrder === "msb" ? 7 - place : place));
  return Array.from(bytes).flatMap((byte) => places.map((place) => (byte >> place) & 1));
}

function readBits(bits: Bits, track: TrackNumber): Result<string, Code> {
  const alphabet = alphabets[track];
  // Zeros lead in; both start sentinels begin with a one.
  const first = bits.indexOf(1);
  if (first < 0) return err("TRACK_MISSING");
  const width = alphabet.dataBits + 1;
  let text = "";
  let lrc = 0;
  let hasEnded = false;
  for (let at = first; at + width <= bits.length; at += width) {
    const character = bits.slice(at, at + width);
    const code = character.slice(0, -1).reduce((sum, bit, place) => sum | (bit << place), 0);
    if (at === first && code !== alphabet.start) return err("BAD_SENTINEL");
    if (character.reduce((sum, bit) => sum + bit, 0) % 2 === 0) return err("PARITY_ERROR");
    // The one character behind the end sentinel is the check of all before it.
    if (hasEnded) return code === lrc ? dataOf(text, track) : err("LRC_MISMATCH");
    lrc ^= code;
    if (code === alphabet.end) hasEnded = true;
    else if (at !== first) text += String.fromCharCode(alphabet.base + code);
  }
  return err("TRUNCATED");
}

function dataOf(text: string, track: TrackNumber): Result<string, Code> {
  if (text.length > dataCharactersMax[track]) return err("TRACK_TOO_LONG");
  return text === "" ? err("TRACK_MISSING") : ok(text);
}
