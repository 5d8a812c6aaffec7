import { systemClock, type Clock } from "#main/devices/clock.ts";
import type { DeviceEnd } from "#main/devices/transport/transport.ts";
import { play } from "./play.ts";

/** How the simulated reader is made. What is left out is as on an RDM6300. */
type TagReaderSetup = {
  /** Sends CR LF before the ETX, as readers of the ID-12LA kind do. */
  readonly withCrLf?: boolean;
  /** From the beginning of one frame to the beginning of the next, in milliseconds. */
  readonly repeatMs?: number;
};

/** How one presentation goes. What is left out goes well. */
type TagManner = {
  /** How many frames the tag gives before it is taken away; one when left out. */
  readonly frames?: number;
  /** Pace of the characters, in milliseconds; about 1 at 9600 baud, all at once when left out. */
  readonly msPerCharacter?: number;
  /** Only this many bytes of the last frame come. */
  readonly cutAtByte?: number;
  /** The bit that arrives turned over in every frame, counted from the lowest of the first byte. */
  readonly flippedBit?: number;
};

/** The reader's side of `rfid.em4100`: what a hand with a tag does to the line. */
export type Em4100Simulator = {
  /** @param uid ten hexadecimal digits; resolves when the last byte is out */
  present(uid: string, manner?: TagManner): Promise<void>;
  unplug(): void;
};

const rdm6300RepeatMs = 65;

/** @param carrier a memory line or a pseudo terminal: the reader does not know which */
export function makeEm4100Simulator(
  carrier: DeviceEnd,
  { withCrLf = false, repeatMs = rdm6300RepeatMs }: TagReaderSetup = {},
  clock: Clock = systemClock,
): Em4100Simulator {
  return {
    present(uid, { frames = 1, msPerCharacter = 0, cutAtByte, flippedBit } = {}) {
      const whole = encodeTag(uid, withCrLf);
      const byte = flippedBit === undefined ? undefined : whole[flippedBit >> 3];
      if (flippedBit !== undefined && byte !== undefined) whole[flippedBit >> 3] = byte ^ (1 << (flippedBit & 7));
      const planned = Array.from({ length: frames }, (_, frame) => {
        const bytes = frame === frames - 1 ? whole.slice(0, cutAtByte) : whole;
        const chunks = msPerCharacter === 0 ? [bytes] : Array.from(bytes, (each) => Uint8Array.of(each));
        return chunks.map((chunk, index) => ({ atMs: frame * repeatMs + index * msPerCharacter, bytes: chunk }));
      });
      return play(clock, (bytes) => carrier.write(bytes), planned.flat());
    },
    unplug: () => carrier.unplug(),
  };
}

/**
 * The bytes of one frame. The checksum is parity down the columns of the tag's bits, worked out here bit by bit and not
 * with the framer's code: a simulator that shares the code it is to test agrees with every mistake in it.
 */
function encodeTag(uid: string, withCrLf: boolean): Uint8Array {
  const bytes = Buffer.from(uid, "hex");
  let checksum = 0;
  for (let bit = 0; bit < 8; bit += 1) {
    const ones = bytes.filter((each) => (each >> bit) & 1).length;
    checksum += (ones % 2) * 2 ** bit;
  }
  const digits = uid + checksum.toString(16).toUpperCase().padStart(2, "0");
  return Buffer.from(`\u0002${digits}${withCrLf ? "\r\n" : ""}\u0003`, "latin1");
}
