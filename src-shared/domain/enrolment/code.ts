import { toBase32 } from "#shared/std/base32.ts";
import { err, ok, type Result } from "#shared/std/result.ts";
import type { Sha256 } from "#shared/domain/operations/encode.ts";

const secretLength = 16; // 80 bits
const fingerprintLength = 10; // 50 bits

/**
 * An enrolment code: 80 random bits that prove the right to enrol, then 50 bits of SHA-256 of head office's public key, which the
 * station checks before it sends anything.
 */
export function makeEnrolmentCode(sha256: Sha256, random: Uint8Array, publicKey: Uint8Array): string {
  return toBase32(random, secretLength) + keyFingerprint(sha256, publicKey);
}

/** The part of a code that names head office's key. */
export const keyFingerprint = (sha256: Sha256, publicKey: Uint8Array): string => toBase32(sha256(publicKey), fingerprintLength);

export type EnrolmentCode = { readonly code: string; readonly fingerprint: string };

/** Reads a code as a person types it: spaces and hyphens, lower case, O for 0, I and L for 1. */
export function readEnrolmentCode(text: string): Result<EnrolmentCode, { code: "CODE_MALFORMED" }> {
  const code = text.normalize("NFKC").toUpperCase().replace(/[\s-]/g, "").replaceAll("O", "0").replace(/[IL]/g, "1");
  const isCode = code.length === secretLength + fingerprintLength && /^[0-9A-HJKMNP-TV-Z]*$/.test(code);
  return isCode ? ok({ code, fingerprint: code.slice(secretLength) }) : err({ code: "CODE_MALFORMED" });
}

/** Groups as printed: `ABCDE-FGHJK-…`. */
export const printEnrolmentCode = (code: string): string => code.match(/.{1,5}/g)?.join("-") ?? code;
