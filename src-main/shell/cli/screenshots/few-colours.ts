import { crc32, deflateSync, inflateSync } from "node:zlib";

const signature = Buffer.from("89504e470d0a1a0a", "hex");
const coloursMax = 256;

type Picture = { readonly width: number; readonly height: number; /** Red, green, blue, line by line. */ readonly pixels: Buffer };

/**
 * Writes a picture anew with 256 colours, which a screen hardly exceeds: half the bytes, and nobody sees it. The commonest colours are kept,
 * and what is left, the edges of letters for the most part, takes the nearest of them.
 *
 * @param png 8 bits a channel, not interlaced, as browsers write it
 * @see the PNG specification, third edition, chapters 9 (filters) and 11 (chunks)
 */
export function withFewColours(png: Buffer): Buffer {
  const { width, height, pixels } = decode(png);
  const { palette, indexOf } = paletteOf(pixels);
  const lines = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) lines[y * (width + 1) + 1 + x] = indexOf.get(pixels.readUIntBE((y * width + x) * 3, 3)) ?? 0;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("PLTE", palette),
    chunk("IDAT", deflateSync(lines, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function paletteOf(pixels: Buffer): { readonly palette: Buffer; readonly indexOf: ReadonlyMap<number, number> } {
  const counts = new Map<number, number>();
  for (let at = 0; at < pixels.length; at += 3) {
    const colour = pixels.readUIntBE(at, 3);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const used = [...counts].toSorted(([, a], [, b]) => b - a).map(([colour]) => colour);
  const kept = used.slice(0, coloursMax);
  const palette = Buffer.alloc(kept.length * 3);
  kept.forEach((colour, i) => palette.writeUIntBE(colour, i * 3, 3));
  return { palette, indexOf: new Map(used.map((colour, i) => [colour, i < coloursMax ? i : nearest(kept, colour)])) };
}

function nearest(colours: readonly number[], wanted: number): number {
  const distance = (colour: number): number =>
    [16, 8, 0].reduce((sum, shift) => sum + (((colour >> shift) & 255) - ((wanted >> shift) & 255)) ** 2, 0);
  return colours.reduce((best, colour, i) => (distance(colour) < distance(colours[best] ?? 0) ? i : best), 0);
}

function decode(png: Buffer): Picture {
  const parts: Buffer[] = [];
  let [width, height, channels] = [0, 0, 3];
  for (let at = signature.length; at < png.length; at += png.readUInt32BE(at) + 12) {
    const kind = png.toString("latin1", at + 4, at + 8);
    const content = png.subarray(at + 8, at + 8 + png.readUInt32BE(at));
    if (kind === "IHDR") [width, height, channels] = [content.readUInt32BE(0), content.readUInt32BE(4), content[9] === 6 ? 4 : 3];
    if (kind === "IDAT") parts.push(content);
  }
  const lines = unfilter(inflateSync(Buffer.concat(parts)), width * channels, channels);
  if (channels === 3) return { width, height, pixels: lines };
  return { width, height, pixels: lines.filter((_, i) => i % 4 !== 3) as Buffer };
}

/** @param stride bytes a line, without the byte that names its filter */
function unfilter(filtered: Buffer, stride: number, channels: number): Buffer {
  const lines = Buffer.alloc((filtered.length / (stride + 1)) * stride);
  for (let y = 0; y * stride < lines.length; y++) {
    const filter = filtered[y * (stride + 1)] ?? 0;
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x;
      const left = x < channels ? 0 : (lines[at - channels] ?? 0);
      const above = y === 0 ? 0 : (lines[at - stride] ?? 0);
      const corner = y === 0 || x < channels ? 0 : (lines[at - stride - channels] ?? 0);
      const guess = [0, left, above, (left + above) >> 1, paeth(left, above, corner)][filter] ?? 0;
      lines[at] = (filtered[y * (stride + 1) + 1 + x] ?? 0) + guess;
    }
  }
  return lines;
}

function paeth(left: number, above: number, corner: number): number {
  const guess = left + above - corner;
  const [toLeft, toAbove, toCorner] = [Math.abs(guess - left), Math.abs(guess - above), Math.abs(guess - corner)];
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}

function chunk(kind: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(kind, "latin1"), content]);
  const framed = Buffer.alloc(named.length + 8);
  framed.writeUInt32BE(content.length, 0);
  framed.set(named, 4);
  framed.writeUInt32BE(crc32(named), named.length + 4);
  return framed;
}
