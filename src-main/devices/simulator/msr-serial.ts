import { systemClock, type Clock } from "#main/devices/clock.ts";
import type { DeviceEnd } from "#main/devices/transport/transport.ts";
import { play } from "./play.ts";
import { encodeCard, type ReaderSetup, type SwipedCard } from "./encode-card.ts";

/** How one swipe goes. What is left out goes well. */
type SwipeManner = {
  /** Pace of the characters, in milliseconds; 1 to 10 in a hand, all at once when left out. */
  readonly msPerCharacter?: number;
  /** Only this many bytes come. */
  readonly cutAtByte?: number;
  /** The cable is pulled after this many bytes. */
  readonly unplugAtByte?: number;
  /** The bit that arrives turned over, counted from the lowest of the first byte. */
  readonly flippedBit?: number;
  /** The reader forgets its last terminator. */
  readonly withoutTerminator?: boolean;
};

/** The reader's side of `msr.serial`: what a hand with a card does to the line. */
export type MsrSimulator = {
  /** Resolves when the last byte is out. */
  swipe(card: SwipedCard, manner?: SwipeManner): Promise<void>;
  /** Two cards, the second beginning `gapMs` after the first is out. */
  swipeTwo(first: SwipedCard, second: SwipedCard, gapMs: number): Promise<void>;
  /** What some adapters send when they get power. */
  makeNoise(bytes: Uint8Array): void;
  unplug(): void;
};

/** @param carrier a memory line or a pseudo terminal: the reader does not know which */
export function makeMsrSimulator(carrier: DeviceEnd, setup: ReaderSetup = {}, clock: Clock = systemClock): MsrSimulator {
  const swipeAfter = async (startMs: number, card: SwipedCard, manner: SwipeManner): Promise<void> => {
    const bytes = spoil(encodeCard(card, setup, manner.withoutTerminator), manner);
    const pace = manner.msPerCharacter ?? 0;
    const chunks = pace === 0 ? [bytes] : Array.from(bytes, (byte) => Uint8Array.of(byte));
    const planned = chunks.map((chunk, index) => ({ atMs: startMs + index * pace, bytes: chunk }));
    const write = (chunk: Uint8Array): void => {
      carrier.write(chunk);
      if (manner.unplugAtByte !== undefined && chunk === planned.at(-1)?.bytes) carrier.unplug();
    };
    await play(clock, write, planned);
  };
  return {
    swipe: (card, manner = {}) => swipeAfter(0, card, manner),
    async swipeTwo(first, second, gapMs) {
      await Promise.all([swipeAfter(0, first, {}), swipeAfter(gapMs, second, {})]);
    },
    makeNoise: (bytes) => carrier.write(bytes),
    unplug: () => carrier.unplug(),
  };
}

function spoil(bytes: Uint8Array, { cutAtByte, unplugAtByte, flippedBit }: SwipeManner): Uint8Array {
  const spoiled = bytes.slice(0, cutAtByte ?? unplugAtByte);
  if (flippedBit !== undefined) {
    const at = flippedBit >> 3;
    const byte = spoiled[at];
    if (byte !== undefined) spoiled[at] = byte ^ (1 << (flippedBit & 7));
  }
  return spoiled;
}
