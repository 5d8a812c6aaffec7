import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from "node:crypto";

/** DER in front of the 32 raw bytes of an Ed25519 public key (RFC 8410). */
const publicKeyPrefix = Buffer.from("302a300506032b6570032100", "hex");
const publicKeyBytes = 32;

export type KeyPair = { readonly privateKey: Uint8Array; readonly publicKey: Uint8Array };

/** @returns the private key as PKCS #8, the public one as its 32 raw bytes */
export function makeKeyPair(): KeyPair {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  return {
    privateKey: privateKey.export({ format: "der", type: "pkcs8" }),
    publicKey: publicKey.export({ format: "der", type: "spki" }).subarray(publicKeyPrefix.length),
  };
}

export function signBytes(privateKey: Uint8Array, bytes: Uint8Array): Uint8Array {
  return sign(null, bytes, createPrivateKey({ key: Buffer.from(privateKey), format: "der", type: "pkcs8" }));
}

/** @returns false for anything that is not this key's signature of these bytes, a malformed key or signature included */
export function isSignedBy(publicKey: Uint8Array, bytes: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== publicKeyBytes) return false;
  const key = createPublicKey({ key: Buffer.concat([publicKeyPrefix, publicKey]), format: "der", type: "spki" });
  return verify(null, bytes, key, signature);
}
