import { msrSerialSettings, type MsrSerialSettings } from "#shared/domain/devices/msr-serial-settings.ts";

/** A card as the head finds it. A track left out is not sent, `""` is blank, and `E` is one that could not be read. */
export type SwipedCard = { readonly track1?: string; readonly track2?: string; readonly track3?: string };

/** How the reader is set up, in the words of the settings that the app must have for it. */
export type ReaderSetup = Partial<Pick<MsrSerialSettings, "layout" | "terminator" | "lrc" | "track3">>;

const terminators = { cr: "\r", lf: "\n", crlf: "\r\n", etx: "\u0003", none: "" } as const;
const stx = "\u0002";
const etx = "\u0003";
const dle = "\u0010";

/** The bytes a reader sends for one card. */
export function encodeCard(card: SwipedCard, setup: ReaderSetup, withoutTerminator = false): Uint8Array {
  const { layout, terminator, lrc, track3 } = msrSerialSettings.parse(setup);
  const tracks = [
    { start: "%", data: card.track1, bits: 6 },
    { start: ";", data: card.track2, bits: 4 },
    { start: track3.charAt(0), data: card.track3, bits: "%#&!".includes(track3.charAt(0)) ? 6 : 4 },
  ].flatMap(({ start, data, bits }) => {
    if (data === undefined) return [];
    const text = `${start}${data}?`;
    return [lrc === "after-es" ? text + lrcOf(text, bits) : text];
  });
  const end = terminators[terminator];
  const lines = {
    single: () => [tracks.join(""), end],
    "per-track": () => tracks.flatMap((track) => [track, end]),
    uic: () => tracks.flatMap((track, index) => [stx + track, index === tracks.length - 1 ? etx : dle]),
  }[layout]();
  return new TextEncoder().encode(lines.slice(0, withoutTerminator ? -1 : lines.length).join(""));
}

/**
 * Parity down the columns of the stripe's bits. Worked out bit by bit and not with the framer's code: a simulator that
 * shares the code it is to test agrees with every mistake in it.
 */
function lrcOf(text: string, bits: number): string {
  const base = bits === 6 ? 0x20 : 0x30;
  // `+` is how a reader shows the `;` that starts track 3 on the stripe.
  const codes = Array.from(text, (character) => (bits === 4 && character === "+" ? 0x0b : character.charCodeAt(0) - base));
  let lrc = 0;
  for (let bit = 0; bit < bits; bit += 1) {
    const ones = codes.filter((code) => (code >> bit) & 1).length;
    lrc |= (ones % 2) << bit;
  }
  return String.fromCharCode(base + lrc);
}
