import { createDecipheriv, createPrivateKey, createPublicKey, diffieHellman, hkdfSync } from "node:crypto";

/** DER in front of the 32 raw bytes of an X25519 key (RFC 8410). */
const privatePrefix = Buffer.from("302e020100300506032b656e04220420", "hex");
const publicPrefix = Buffer.from("302a300506032b656e032100", "hex");
const rawBytes = 32;
const tagBytes = 16;

const publicOf = (privateKey: ReturnType<typeof createPrivateKey>): Buffer =>
  createPublicKey(privateKey).export({ format: "der", type: "spki" }).subarray(publicPrefix.length);

/**
 * The pair to which stations seal the keys of their data. Derived, so that whoever has head office's own key, in any backup of its
 * database, can open them, and nothing else has to be kept.
 *
 * @param ownKey head office's Ed25519 private key, PKCS #8, which ends in the 32 bytes that it is made of
 */
function depositPrivateKey(ownKey: Uint8Array) {
  const seed = Buffer.from(hkdfSync("sha256", ownKey.subarray(-rawBytes), Buffer.alloc(0), "counterfoil-deposit-key", rawBytes));
  return createPrivateKey({ key: Buffer.concat([privatePrefix, seed]), format: "der", type: "pkcs8" });
}

/** @returns the X25519 public key that stations are told, 32 raw bytes */
export const depositPublicKey = (ownKey: Uint8Array): Uint8Array => publicOf(depositPrivateKey(ownKey));

/**
 * Opens what a station sealed.
 *
 * @param about what it was sealed for
 * @returns the key, or undefined for what was not sealed to us, or for something else, or was changed since
 */
export function openDeposit(ownKey: Uint8Array, sealed: Uint8Array, about: Uint8Array): Uint8Array | undefined {
  if (sealed.length !== rawBytes + rawBytes + tagBytes) return undefined;
  const theirs = sealed.subarray(0, rawBytes);
  const privateKey = depositPrivateKey(ownKey);
  try {
    const publicKey = createPublicKey({ key: Buffer.concat([publicPrefix, theirs]), format: "der", type: "spki" });
    const shared = diffieHellman({ privateKey, publicKey });
    const secret = Buffer.from(hkdfSync("sha256", shared, Buffer.concat([theirs, publicOf(privateKey)]), "counterfoil-deposit", 44));
    const decipher = createDecipheriv("aes-256-gcm", secret.subarray(0, 32), secret.subarray(32), { authTagLength: tagBytes });
    decipher.setAAD(about).setAuthTag(sealed.subarray(-tagBytes));
    return Buffer.concat([decipher.update(sealed.subarray(rawBytes, -tagBytes)), decipher.final()]);
  } catch {
    return undefined;
  }
}
