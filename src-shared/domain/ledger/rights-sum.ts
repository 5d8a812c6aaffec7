import type { Sha256 } from "#shared/domain/operations/encode.ts";

/**
 * Fingerprint of a set of rights that does not depend on order: the sum modulo 2^64 of the first eight bytes of
 * SHA-256(`lot id:points`) over all lots with points.
 *
 * @returns 16 hex digits, to be compared between station and head office
 */
export function rightsSum(sha256: Sha256, rights: Iterable<{ readonly lotId: string; readonly points: number }>): string {
  const encoder = new TextEncoder();
  let sum = 0n;
  for (const { lotId, points } of rights) {
    const digest = sha256(encoder.encode(`${lotId}:${points}`));
    sum += new DataView(digest.buffer, digest.byteOffset, 8).getBigUint64(0);
  }
  return BigInt.asUintN(64, sum).toString(16).padStart(16, "0");
}
