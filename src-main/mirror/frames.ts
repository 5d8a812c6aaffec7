import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, randomBytes, randomFillSync, type KeyObject } from "node:crypto";
import type { ByteWriter } from "./byte-writer.ts";

// A file: "CFMIRR01", 32 random bytes, then frames.
// A frame: length u32 of what follows it, nonce 12, sealed bytes, tag 16.
// Each frame is sealed together with the tag of the one before it, so that one which was left out, moved or changed does not open.
const magic = Buffer.from("CFMIRR01", "latin1");
const saltBytes = 32;
export const fileHeaderBytes = magic.length + saltBytes;
const nonceBytes = 12;
const tagBytes = 16;
const algorithm = "aes-256-gcm";
const firstTag = Buffer.alloc(tagBytes);

/** Every file has a key of its own, so that no two files share a nonce. As an object: made of bytes anew for each frame it costs more than the sealing. */
const fileKey = (dataKey: Uint8Array, salt: Uint8Array): KeyObject =>
  createSecretKey(Buffer.from(hkdfSync("sha256", dataKey, salt, "counterfoil mirror journal", 32)));

export function newFileHeader(): Buffer {
  return Buffer.concat([magic, randomBytes(saltBytes)]);
}

/** Seals frames onto the end of a file. @param lastTag of its last frame; undefined for a file without one */
export function makeSealer(dataKey: Uint8Array, header: Uint8Array, lastTag: Uint8Array = firstTag) {
  const key = fileKey(dataKey, header.subarray(magic.length));
  const nonce = Buffer.alloc(nonceBytes);
  let tag = Buffer.from(lastTag);
  return {
    /** Appends one frame to `to`. The next one follows it: a frame that was made has to be written. */
    seal: (plain: Uint8Array, to: ByteWriter): void => {
      // By chance and not by counting: after a torn tail a count would come twice.
      randomFillSync(nonce);
      const cipher = createCipheriv(algorithm, key, nonce);
      cipher.setAAD(tag);
      to.u32(nonceBytes + plain.length + tagBytes);
      to.bytes(nonce);
      to.bytes(cipher.update(plain));
      cipher.final();
      tag = cipher.getAuthTag();
      to.bytes(tag);
    },
  };
}
export type Sealer = ReturnType<typeof makeSealer>;

export type UnsealedFile = {
  /** What the frames that open hold, in order. */
  readonly frames: readonly Buffer[];
  /** Behind the last frame that opens; the length of the file when nothing is torn. */
  readonly goodBytes: number;
  /** A frame before that does not open: something changed it after it was whole. */
  readonly hasHoles: boolean;
  readonly lastTag: Buffer | undefined;
};

/**
 * Opens all frames of a file, one by one. A frame that does not open is passed over, and the next one is tried behind it, since only a
 * tail is torn by a power cut and the rest of a file with a bad spot is still worth having.
 *
 * @returns undefined for what is no such file, or is one of another key
 */
export function unsealFile(file: Buffer, dataKey: Uint8Array): UnsealedFile | undefined {
  if (file.length < fileHeaderBytes || !file.subarray(0, magic.length).equals(magic)) return undefined;
  const key = fileKey(dataKey, file.subarray(magic.length, fileHeaderBytes));
  const frames: Buffer[] = [];
  let goodBytes = fileHeaderBytes;
  let lastTag: Buffer | undefined;
  let passedOver = 0;
  let holes = 0;
  let tag: Buffer = firstTag;
  for (let at = fileHeaderBytes; at + 4 <= file.length;) {
    const length = file.readUInt32BE(at);
    const end = at + 4 + length;
    if (length < nonceBytes + tagBytes || end > file.length) break;
    const plain = unseal(key, file.subarray(at + 4, end), tag);
    tag = file.subarray(end - tagBytes, end);
    at = end;
    if (!plain) {
      passedOver += 1;
      continue;
    }
    frames.push(plain);
    holes += passedOver;
    passedOver = 0;
    goodBytes = end;
    lastTag = tag;
  }
  return frames.length === 0 && passedOver > 0 ? undefined : { frames, goodBytes, hasHoles: holes > 0, lastTag };
}

/** @returns undefined when it does not open */
function unseal(key: KeyObject, sealed: Buffer, previousTag: Buffer): Buffer | undefined {
  const decipher = createDecipheriv(algorithm, key, sealed.subarray(0, nonceBytes), { authTagLength: tagBytes });
  decipher.setAAD(previousTag);
  decipher.setAuthTag(sealed.subarray(sealed.length - tagBytes));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(nonceBytes, sealed.length - tagBytes)), decipher.final()]);
  } catch {
    return undefined;
  }
}
