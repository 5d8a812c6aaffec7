import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from "node:crypto";

/** DER prefix of an Ed25519 public key; the raw 32 bytes follow. */
const spkiPrefix = Buffer.from("302a300506032b6570032100", "hex");

/** A new Ed25519 private key of this station, PKCS 8. It never leaves `station.db`. */
export function makeDeviceKey(): Uint8Array {
  return generateKeyPairSync("ed25519").privateKey.export({ format: "der", type: "pkcs8" });
}

/** The raw 32 bytes by which head office knows the station. */
export function publicKeyOf(privateKey: Uint8Array): Uint8Array {
  const spki = createPublicKey(createPrivateKey({ key: Buffer.from(privateKey), format: "der", type: "pkcs8" })).export({
    format: "der",
    type: "spki",
  });
  return spki.subarray(spkiPrefix.length);
}

/** Signs tag and message parts in order. */
export function signWith(privateKey: Uint8Array, ...parts: readonly Uint8Array[]): Buffer {
  return sign(null, Buffer.concat(parts), createPrivateKey({ key: Buffer.from(privateKey), format: "der", type: "pkcs8" }));
}

export function isSignedBy(publicKey: Uint8Array, signature: Uint8Array, ...parts: readonly Uint8Array[]): boolean {
  if (publicKey.length !== 32) return false;
  const key = createPublicKey({ key: Buffer.concat([spkiPrefix, publicKey]), format: "der", type: "spki" });
  return verify(null, Buffer.concat(parts), key, signature);
}
