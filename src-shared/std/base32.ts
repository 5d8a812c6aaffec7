/** Crockford's base 32: no I, L, O, U, so that it can be read out over the telephone. */
export const base32Letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** The first `length` letters of five bits each. */
export function toBase32(bytes: Uint8Array, length: number): string {
  if (bytes.length * 8 < length * 5) throw new RangeError(`${length} letters need ${Math.ceil((length * 5) / 8)} bytes`);
  let text = "";
  for (let i = 0; i < length; i++) {
    let value = 0;
    for (let bit = i * 5; bit < i * 5 + 5; bit++) value = (value << 1) | (((bytes[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1);
    text += base32Letters[value];
  }
  return text;
}
