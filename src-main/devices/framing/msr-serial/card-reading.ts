import type { CardReadFailureCode } from "#main/devices/device-error.ts";
import type { TrackErrors, Tracks } from "#main/devices/device-event.ts";
import type { MsrSerialSettings } from "#shared/domain/devices/msr-serial-settings.ts";
import { endSentinel, Track, tracksStartedBy, type TrackNumber, type TrackReading } from "./track.ts";

/** What one swipe came to. */
export type CardOutcome =
  | { readonly kind: "card"; readonly tracks: Tracks; readonly trackErrors: TrackErrors }
  | { readonly kind: "failure"; readonly code: CardReadFailureCode };

/** Control bytes and bytes with the top bit: harmless between tracks, damage inside one. */
const isNoise = (byte: number): boolean => byte < 0x20 || byte >= 0x80;

/** What the line that is coming in has shown so far. A reader that ends each card with one terminator sends it as one line. */
type Line = { isEmpty: boolean; hasTrack: boolean; damage: CardReadFailureCode | undefined };
const newLine = (): Line => ({ isEmpty: true, hasTrack: false, damage: undefined });

/**
 * One swipe while it comes in: a run of tracks in rising order, each at most once, and nothing else.
 *
 * Damage counts when its line ends, so that a line cut by silence is `TRUNCATED` whatever it held. The first damage of a
 * swipe is the one that is reported, and it rejects the good tracks beside it.
 */
export class CardReading {
  readonly #settings: MsrSerialSettings;
  readonly #hasOneTrackALine: boolean;
  readonly #readings = new Map<TrackNumber, TrackReading>();
  /** The tracks whose end came, damaged or not. */
  readonly #ended = new Set<TrackNumber>();
  #line = newLine();
  #track: Track | undefined;
  #lastNumber: TrackNumber | 0 = 0;
  /** Whether the last byte, noise aside, was an end sentinel with what belongs to it. */
  #isAfterEnd = false;
  #isEmpty = true;
  #damage: CardReadFailureCode | undefined;

  constructor(settings: MsrSerialSettings, hasOneTrackALine: boolean) {
    this.#settings = settings;
    this.#hasOneTrackALine = hasOneTrackALine;
  }

  /** Nothing came but noise. */
  get isEmpty(): boolean {
    return this.#isEmpty;
  }

  /** Nothing came but noise since the last line ended. */
  get isLineEmpty(): boolean {
    return this.#line.isEmpty;
  }

  get heldCharacters(): number {
    const finished = [...this.#readings.values()].map((reading) => (reading.kind === "data" ? reading.text.length : 0));
    return finished.reduce((sum, length) => sum + length, this.#track?.heldCharacters ?? 0);
  }

  /** Whether this byte opens a track that cannot be one of this card's. */
  startsNextCard(byte: number): boolean {
    if (this.#isInsideTrack(byte)) return false;
    const starts = tracksStartedBy(byte, this.#settings.track3);
    if (starts.length === 0) return false;
    if (this.#hasOneTrackALine) {
      return this.#lastNumber > 0 && !this.#line.hasTrack && starts.every((number) => number <= this.#lastNumber);
    }
    if (this.#settings.terminator !== "none" || !this.#isAfterEnd) return false;
    return starts.includes(1) || (starts.includes(2) && !starts.includes(3) && this.#ended.has(2));
  }

  /** Leaves the byte for which `startsNextCard` was true to a card of its own, and with it the line it stands on. */
  makeNextCard(): CardReading {
    const next = new CardReading(this.#settings, this.#hasOneTrackALine);
    if (this.#hasOneTrackALine) {
      next.#line = this.#line;
      next.#isEmpty = this.#line.isEmpty;
      this.#line = newLine();
    } else {
      this.endLine();
    }
    return next;
  }

  take(byte: number): void {
    if (this.#isInsideTrack(byte)) {
      this.#track?.take(byte);
      if (this.#track?.isWhole) this.#closeTrack();
      return;
    }
    this.#closeTrack();
    if (isNoise(byte)) return;
    this.#isEmpty = false;
    this.#line.isEmpty = false;
    this.#openTrack(byte);
  }

  /** The terminator came: what this line held counts. */
  endLine(): void {
    this.#closeTrack();
    this.#damage ??= this.#line.damage;
    this.#line = newLine();
  }

  /** Something worse than the content of a line: the card is spoiled, unless it was before. */
  spoil(code: "TRUNCATED" | "OVERSIZE"): void {
    this.#isEmpty = false;
    this.#damage ??= code;
  }

  /** The swipe is over. A track that only half came counts for nothing here; `endLine` or `spoil` said what it means. */
  finish(): CardOutcome {
    if (this.#damage) return { kind: "failure", code: this.#damage };
    for (const number of this.#settings.requiredTracks) {
      const kind = this.#readings.get(number)?.kind;
      if (kind !== "data") return { kind: "failure", code: kind === "marked" ? "TRACK_READ_ERROR" : "TRACK_MISSING" };
    }
    const tracks: { -readonly [track in keyof Tracks]: Tracks[track] } = {};
    const trackErrors: { -readonly [track in keyof TrackErrors]: TrackErrors[track] } = {};
    for (const [number, reading] of this.#readings) {
      if (reading.kind === "data") tracks[number] = reading.text;
      else trackErrors[number] = reading.kind === "marked" ? "TRACK_READ_ERROR" : "TRACK_MISSING";
    }
    return { kind: "card", tracks, trackErrors };
  }

  #isInsideTrack(byte: number): boolean {
    if (!this.#track) return false;
    // A mark that is still open here waits for its LRC, and some firmware sends none for what it could not read. By the
    // formula that LRC is `_` or `1` (`[`, `Y` or `\` on a 6-bit track 3): a start sentinel there starts the next track.
    const mayHaveEnded = this.#track.isMarked && (isNoise(byte) || tracksStartedBy(byte, this.#settings.track3).length > 0);
    return !mayHaveEnded;
  }

  #openTrack(byte: number): void {
    const starts = tracksStartedBy(byte, this.#settings.track3);
    const [lowest] = starts;
    if (lowest === undefined) {
      this.#line.damage ??= "BAD_SENTINEL";
      // A stray `?` ends the damage before it, so that the card right behind it is not lost with it.
      this.#isAfterEnd = byte === endSentinel;
      return;
    }
    const next = starts.find((number) => number > this.#lastNumber);
    const isOneTooMany = this.#hasOneTrackALine && this.#line.hasTrack;
    if (next === undefined || isOneTooMany) this.#line.damage ??= "BAD_FORMAT";
    this.#line.hasTrack = true;
    this.#isAfterEnd = false;
    this.#lastNumber = next ?? lowest;
    this.#track = new Track(this.#lastNumber, byte, this.#settings.lrc === "after-es");
  }

  #closeTrack(): void {
    if (!this.#track) return;
    const reading = this.#track.finish();
    if (typeof reading === "string") this.#line.damage ??= reading;
    else this.#readings.set(this.#track.number, reading);
    this.#ended.add(this.#track.number);
    this.#isAfterEnd = true;
    this.#track = undefined;
  }
}
