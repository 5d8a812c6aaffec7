import { createCipheriv, createPrivateKey, createPublicKey, diffieHellman, hkdfSync } from "node:crypto";

/** DER in front of the 32 raw bytes of an X25519 key (RFC 8410). */
const privatePrefix = Buffer.from("302e020100300506032b656e04220420", "hex");
const publicPrefix = Buffer.from("302a300506032b656e032100", "hex");

/**
 * Seals a key so that only the holder of `to` opens it: X25519 with a key made for this one seal, HKDF-SHA256, AES-256-GCM.
 * `src-server/app/key-deposit.ts` opens it; `docs/sync.md` has the bytes.
 *
 * @param to X25519 public key, 32 raw bytes
 * @param about what the seal is for; it opens for nothing else
 * @param ephemeral 32 random bytes, never used again
 * @returns the ephemeral public key (32), the sealed key, the seal's tag (16)
 */
export function sealKey(key: Uint8Array, to: Uint8Array, about: Uint8Array, ephemeral: Uint8Array): Uint8Array {
  const privateKey = createPrivateKey({ key: Buffer.concat([privatePrefix, ephemeral]), format: "der", type: "pkcs8" });
  const publicKey = createPublicKey({ key: Buffer.concat([publicPrefix, to]), format: "der", type: "spki" });
  const own = createPublicKey(privateKey).export({ format: "der", type: "spki" }).subarray(publicPrefix.length);
  const shared = diffieHellman({ privateKey, publicKey });
  // The nonce comes out of the same derivation: this key seals once and never again.
  const secret = Buffer.from(hkdfSync("sha256", shared, Buffer.concat([own, to]), "counterfoil-deposit", 44));
  const cipher = createCipheriv("aes-256-gcm", secret.subarray(0, 32), secret.subarray(32)).setAAD(about);
  return Buffer.concat([own, cipher.update(key), cipher.final(), cipher.getAuthTag()]);
}
