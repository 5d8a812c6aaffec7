/** One drawing of an icon: square, of so many pixels. */
export type Picture = { readonly size: number; readonly png: Uint8Array };

const icoSizeMax = 256;
const icoHeaderBytes = 6;
const icoEntryBytes = 16;

/** Windows' form: a directory of pictures, each a whole PNG, none wider than 256. */
export function icoOf(pictures: readonly Picture[]): Buffer {
  const held = pictures.filter(({ size }) => size <= icoSizeMax);
  const header = Buffer.alloc(icoHeaderBytes);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(held.length, 4);
  let offset = icoHeaderBytes + icoEntryBytes * held.length;
  const entries = held.map(({ size, png }) => {
    const entry = Buffer.alloc(icoEntryBytes);
    // 256 does not fit into the byte and is written as 0.
    entry.writeUInt8(size % icoSizeMax, 0);
    entry.writeUInt8(size % icoSizeMax, 1);
    entry.writeUInt16LE(1, 4);
    entry.writeUInt16LE(32, 6);
    entry.writeUInt32LE(png.length, 8);
    entry.writeUInt32LE(offset, 12);
    offset += png.length;
    return entry;
  });
  return Buffer.concat([header, ...entries, ...held.map(({ png }) => png)]);
}

/** The kinds that hold a PNG: a name for each size, and a second one for the same pixels on a screen of twice the density. */
const icnsKinds: Readonly<Record<number, readonly string[]>> = {
  16: ["icp4"],
  32: ["icp5", "ic11"],
  64: ["icp6", "ic12"],
  128: ["ic07"],
  256: ["ic08", "ic13"],
  512: ["ic09", "ic14"],
  1024: ["ic10"],
};

/** Apple's form: blocks of a four-letter kind, a length that counts its own header, and a PNG. */
export function icnsOf(pictures: readonly Picture[]): Buffer {
  const blocks = pictures.flatMap(({ size, png }) => (icnsKinds[size] ?? []).map((kind) => block(kind, png)));
  return block("icns", Buffer.concat(blocks));
}

function block(kind: string, content: Uint8Array): Buffer {
  const header = Buffer.alloc(8);
  header.write(kind, 0, "latin1");
  header.writeUInt32BE(header.length + content.length, 4);
  return Buffer.concat([header, content]);
}
