/**
 * The bits of a track as they lie on the stripe, zeros before and behind. Worked out from the text with the letters of the bits and not
 * with the decoder's code: a simulator that shares the code it is to test agrees with every mistake in it.
 *
 * @param text between the sentinels
 * @returns a text of `0` and `1`
 */
export function encodeBits(text: string, track: 1 | 2 | 3, zeros = 12): string {
  const [base, dataBits, start] = track === 1 ? [0x20, 6, "%"] : [0x30, 4, ";"];
  const words = Array.from(`${start}${text}?`, (character) => lowestFirst(character.charCodeAt(0) - base, dataBits));
  const columns = Array.from({ length: dataBits }, (_, place) => words.filter((word) => word[place] === "1").length % 2);
  const lead = "0".repeat(zeros);
  return lead + [...words, columns.join("")].map(withOddParity).join("") + lead;
}

/** Eight bits a byte, zeros behind the last; `msb` puts the first bit on top. */
export function packBits(bits: string, bitOrder: "msb" | "lsb"): Uint8Array {
  const groups = bits.padEnd(Math.ceil(bits.length / 8) * 8, "0").match(/.{8}/g) ?? [];
  return Uint8Array.from(groups, (group) => Number.parseInt(bitOrder === "msb" ? group : Array.from(group).toReversed().join(""), 2));
}

const lowestFirst = (code: number, dataBits: number): string => Array.from(code.toString(2).padStart(dataBits, "0")).toReversed().join("");
const withOddParity = (word: string): string => word + String(1 - (word.replaceAll("0", "").length % 2));
