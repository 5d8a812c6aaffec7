const names: Readonly<Record<number, string>> = {
  0x02: "STX",
  0x03: "ETX",
  0x06: "ACK",
  0x0a: "LF",
  0x0d: "CR",
  0x10: "DLE",
  0x15: "NAK",
  0x1b: "ESC",
};

/**
 * Bytes as a person may see them: the frame shows, the card does not. `0` stands for any digit and `A` for any letter; a
 * byte with its top bit set is shown as what it is without, behind a `~`, since a parity bit hides nothing.
 */
export function maskBytes(bytes: Uint8Array): string {
  return Array.from(bytes, maskByte).join("");
}

function maskByte(byte: number): string {
  const low = byte & 0x7f;
  const mark = byte === low ? "" : "~";
  if (low < 0x20 || low === 0x7f) return `<${mark}${names[low] ?? low.toString(16).toUpperCase().padStart(2, "0")}>`;
  const character = String.fromCharCode(low);
  return mark + (/[0-9]/.test(character) ? "0" : /[A-Za-z]/.test(character) ? "A" : character);
}
