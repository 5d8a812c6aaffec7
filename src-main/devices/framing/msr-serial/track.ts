import type { CardReadFailureCode } from "#main/devices/device-error.ts";

export type TrackNumber = 1 | 2 | 3;

export const endSentinel = 0x3f; // ?
const track1Start = 0x25; // %
const track2Start = 0x3b; // ;

/** 6 bits a character on the stripe, from space to `_`. */
const sixBit = { base: 0x20, mask: 0x3f, start: track1Start };
/** 4 bits a character on the stripe: digits and `:` `<` `=` `>`. */
const fourBit = { base: 0x30, mask: 0x0f, start: track2Start };
/** With these a track 3 is written in the character set of track 1. */
const sixBitTrack3Starts = "%#&!";

/** ISO/IEC 7811: 79, 40 and 107 characters on the stripe, of which two sentinels and the LRC are not data. */
export const dataCharactersMax = { 1: 76, 2: 37, 3: 104 } as const;

/** What a finished track holds: data, or the reader's word that it found none or could not read it. */
export type TrackReading = { readonly kind: "data"; readonly text: string } | { readonly kind: "blank" | "marked" };

/** The tracks that a character may start, lowest first; none for a character that starts nothing. */
export function tracksStartedBy(byte: number, track3: string): readonly TrackNumber[] {
  const numbers: TrackNumber[] = [];
  if (byte === track1Start) numbers.push(1);
  if (byte === track2Start) numbers.push(2);
  if (track3.includes(String.fromCharCode(byte))) numbers.push(3);
  return numbers;
}

/** One track from its start sentinel on, a byte at a time. It keeps no more than a track may hold. */
export class Track {
  readonly number: TrackNumber;
  readonly #alphabet: typeof sixBit;
  readonly #hasLrc: boolean;
  #awaits: "data" | "lrc" | "nothing" = "data";
  #text = "";
  #hasBadCharacter = false;
  #isTooLong = false;
  #lrc = 0;
  #isLrcWrong = false;

  constructor(number: TrackNumber, startByte: number, hasLrc: boolean) {
    const isSixBit = number === 1 || (number === 3 && sixBitTrack3Starts.includes(String.fromCharCode(startByte)));
    this.number = number;
    this.#alphabet = isSixBit ? sixBit : fourBit;
    this.#hasLrc = hasLrc;
    this.#addToLrc(startByte);
  }

  /** Whether the last character came: the end sentinel, or the LRC behind it where the reader sends one. */
  get isWhole(): boolean {
    return this.#awaits === "nothing";
  }

  /** `%E?`, `;E?`, `+E?`: the head passed over this track and could not read it. */
  get isMarked(): boolean {
    return this.#awaits !== "data" && this.#text === "E";
  }

  get heldCharacters(): number {
    return this.#text.length;
  }

  take(byte: number): void {
    if (this.#awaits === "lrc") this.#takeLrc(byte);
    else if (byte === endSentinel) this.#takeEnd(byte);
    else this.#takeData(byte);
  }

  /** Judges the track as far as it came. A bad character counts before a missing end: it is what went wrong first. */
  finish(): TrackReading | CardReadFailureCode {
    if (this.isMarked) return { kind: "marked" };
    if (this.#hasBadCharacter) return "BAD_CHARACTER";
    if (!this.isWhole) return "TRUNCATED";
    if (this.#isTooLong) return "TRACK_TOO_LONG";
    if (this.#isLrcWrong) return "LRC_MISMATCH";
    return this.#text === "" ? { kind: "blank" } : { kind: "data", text: this.#text };
  }

  #takeData(byte: number): void {
    const { base, mask, start } = this.#alphabet;
    if (byte < base || byte > base + mask || byte === start) this.#hasBadCharacter = true;
    if (this.#text.length === dataCharactersMax[this.number]) this.#isTooLong = true;
    else this.#text += String.fromCharCode(byte);
    this.#addToLrc(byte);
  }

  #takeEnd(byte: number): void {
    this.#awaits = this.#hasLrc ? "lrc" : "nothing";
    this.#addToLrc(byte);
  }

  /** The LRC is known by its place alone, since it may look like a sentinel. That of a mark says nothing about the card. */
  #takeLrc(byte: number): void {
    this.#awaits = "nothing";
    this.#isLrcWrong = byte !== this.#alphabet.base + this.#lrc;
  }

  /** Masked, so that the `+` which stands on the wire for a track 3 counts as the `;` that is on the stripe: both end in 1011. */
  #addToLrc(byte: number): void {
    this.#lrc ^= (byte - this.#alphabet.base) & this.#alphabet.mask;
  }
}
