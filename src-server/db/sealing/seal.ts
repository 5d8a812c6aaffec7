import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hkdfSync, randomFillSync, timingSafeEqual } from "node:crypto";

/**
 * Closes personal data before the database sees them, and opens them behind it.
 *
 * A place names the row, so that what was sealed for one does not open in another. A tag stands for a value that must be found again: the
 * same value of the same field has the same tag, and without the key nobody can try values out.
 */
export type Seal = {
  readonly close: (place: string, plain: Uint8Array) => Uint8Array;
  /** @throws SealBroken when the bytes were changed, or sealed for another place */
  readonly open: (place: string, sealed: Uint8Array) => Uint8Array;
  readonly tag: (field: string, value: string) => string;
  /** What tells this key from others and says nothing about it. */
  readonly keyCheck: Uint8Array;
  readonly isKeyOf: (keyCheck: Uint8Array) => boolean;
};

/** Sealed bytes in the database are not what was written there. */
export class SealBroken extends Error {
  override readonly name = "SealBroken";
}

/** First byte of everything sealed: how to read the rest. */
const layout = 1;
const algorithm = "aes-256-gcm";
const nonceBytes = 12;
const noncesAtOnce = 256;
const authTagBytes = 16;
const keyBytes = 32;
/** 96 bits: no two of a company's values meet by chance. */
const tagBytes = 12;

/** Random bytes drawn for many at once: to ask for twelve costs as much as to seal with them. */
function makeNonces(): () => Uint8Array {
  const drawn = Buffer.alloc(nonceBytes * noncesAtOnce);
  let at = drawn.length;
  return () => {
    if (at === drawn.length) {
      randomFillSync(drawn);
      at = 0;
    }
    at += nonceBytes;
    return drawn.subarray(at - nonceBytes, at);
  };
}

/** @param key 32 bytes, of which every use gets a key of its own */
export function makeSeal(key: Uint8Array): Seal {
  const derived = (use: string): Buffer => Buffer.from(hkdfSync("sha256", key, new Uint8Array(), `counterfoil ${use}`, keyBytes));
  const sealing = createSecretKey(derived("seal"));
  const tagging = createSecretKey(derived("tags"));
  const keyCheck = derived("check");
  const freshNonce = makeNonces();
  return {
    close(place, plain) {
      const nonce = freshNonce();
      const cipher = createCipheriv(algorithm, sealing, nonce).setAAD(Buffer.from(place));
      const body = [cipher.update(plain), cipher.final()];
      return Buffer.concat([Buffer.of(layout), nonce, cipher.getAuthTag(), ...body]);
    },
    open(place, sealed) {
      const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
      const bodyAt = 1 + nonceBytes + authTagBytes;
      if (bytes[0] !== layout || bytes.length < bodyAt) throw new SealBroken(`not sealed: ${place}`);
      try {
        const decipher = createDecipheriv(algorithm, sealing, bytes.subarray(1, 1 + nonceBytes), { authTagLength: authTagBytes })
          .setAAD(Buffer.from(place))
          .setAuthTag(bytes.subarray(1 + nonceBytes, bodyAt));
        return Buffer.concat([decipher.update(bytes.subarray(bodyAt)), decipher.final()]);
      } catch (cause) {
        throw new SealBroken(`does not open: ${place}`, { cause });
      }
    },
    tag: (field, value) => createHmac("sha256", tagging).update(`${field}:${value}`).digest().subarray(0, tagBytes).toString("base64url"),
    keyCheck,
    isKeyOf: (known) => known.length === keyCheck.length && timingSafeEqual(known, keyCheck),
  };
}
