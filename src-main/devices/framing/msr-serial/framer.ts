import type { Clock } from "#main/devices/clock.ts";
import { Silence } from "#main/devices/framing/silence.ts";
import { CardReading, type CardOutcome } from "./card-reading.ts";
import type { MsrSerialSettings } from "#shared/domain/devices/msr-serial-settings.ts";

const cr = 0x0d;
const lf = 0x0a;
const etx = 0x03;
const dle = 0x10;

/** The bytes that end a line. Of the pair CR LF it is the LF, and only right behind a CR. */
const lineEnds = { cr: [cr], lf: [lf], crlf: [lf], etx: [etx], none: [] } as const;

/**
 * Cuts the stream of a magnetic stripe reader into swipes.
 *
 * A swipe ends at its terminator or by silence, and then it is a card or a failure with a code, as a function of the
 * bytes and the silences between them, whatever chunks they come in. Nothing throws, and no more is kept than the data
 * of three tracks.
 *
 * @see docs/protocols/msr-serial.md
 */
export class MsrSerialFramer {
  readonly #settings: MsrSerialSettings;
  readonly #onOutcome: (outcome: CardOutcome) => void;
  readonly #hasOneTrackALine: boolean;
  readonly #lineEnds: readonly number[];
  readonly #endsWithPair: boolean;
  readonly #silence: Silence;
  #card: CardReading;
  #lineBytes = 0;
  /** A CR of which the next byte tells whether it is half of a terminator or part of the line. */
  #isCrPending = false;
  /** The message was too long: it is reported, and the rest of it is dropped until it ends. */
  #isDropping = false;
  #isCardReported = false;

  constructor(settings: MsrSerialSettings, clock: Clock, onOutcome: (outcome: CardOutcome) => void) {
    const isUic = settings.layout === "uic";
    this.#settings = settings;
    this.#silence = new Silence(clock, () => this.#endBySilence());
    this.#onOutcome = onOutcome;
    // Without a terminator no line can be told from the next: such tracks are read as one run.
    this.#hasOneTrackALine = isUic || (settings.layout === "per-track" && settings.terminator !== "none");
    this.#lineEnds = isUic ? [dle, etx] : lineEnds[settings.terminator];
    this.#endsWithPair = !isUic && settings.terminator === "crlf";
    this.#card = new CardReading(settings, this.#hasOneTrackALine);
  }

  /** Characters of card data held at this moment. */
  get heldCharacters(): number {
    return this.#card.heldCharacters;
  }

  data(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    for (const byte of bytes) this.#receive(byte);
    this.#waitForSilence();
  }

  /** The port is gone, and with it the rest of whatever had begun. */
  lost(): void {
    this.#silence.stop();
    if (!this.#card.isEmpty) this.#card.spoil("TRUNCATED");
    this.#endCard();
  }

  #receive(byte: number): void {
    const isAfterCr = this.#isCrPending;
    this.#isCrPending = false;
    if (this.#lineEnds.includes(byte) && (isAfterCr || !this.#endsWithPair)) {
      this.#endLine(byte);
      return;
    }
    if (isAfterCr) this.#take(cr);
    if (this.#endsWithPair && byte === cr) this.#isCrPending = true;
    else this.#take(byte);
  }

  #take(byte: number): void {
    if (this.#isDropping) return;
    if (this.#card.startsNextCard(byte)) {
      const next = this.#card.makeNextCard();
      if (next.isLineEmpty) this.#lineBytes = 0;
      this.#endCard();
      this.#card = next;
    }
    this.#lineBytes += 1;
    if (this.#lineBytes > this.#settings.maxBytes) this.#dropRestOfMessage();
    else this.#card.take(byte);
  }

  /** Reported here and not at its end, which may never come. */
  #dropRestOfMessage(): void {
    this.#isDropping = true;
    this.#card.spoil("OVERSIZE");
    this.#report();
  }

  #endLine(terminator: number): void {
    this.#lineBytes = 0;
    this.#isDropping = false;
    this.#card.endLine();
    // The ETX of `uic` says that no track follows. Waiting all the same could only mix this card with the next one.
    const isLastLine = !this.#hasOneTrackALine || (this.#settings.layout === "uic" && terminator === etx);
    if (isLastLine) this.#endCard();
  }

  #endCard(): void {
    if (!this.#card.isEmpty) this.#report();
    this.#card = new CardReading(this.#settings, this.#hasOneTrackALine);
    this.#isCardReported = false;
  }

  #report(): void {
    if (!this.#isCardReported) this.#onOutcome(this.#card.finish());
    this.#isCardReported = true;
  }

  #waitForSilence(): void {
    const isBetweenLines = this.#hasOneTrackALine && this.#card.isLineEmpty && !this.#card.isEmpty && !this.#isDropping;
    this.#silence.await(isBetweenLines ? this.#settings.groupMs : this.#settings.idleMs);
  }

  #endBySilence(): void {
    if (!this.#card.isLineEmpty) {
      // With a terminator to come, more tracks may have been lost with it, so even a whole track is not taken.
      if (this.#lineEnds.length === 0) this.#card.endLine();
      else this.#card.spoil("TRUNCATED");
    }
    this.#endCard();
    this.#lineBytes = 0;
    this.#isDropping = false;
    this.#isCrPending = false;
  }
}
