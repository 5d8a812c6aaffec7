import { concatBytes } from "#shared/std/bytes.ts";
import { base32Letters, toBase32 } from "#shared/std/base32.ts";
import { err, ok, type Result } from "#shared/std/result.ts";
import type { Sha256 } from "#shared/domain/operations/encode.ts";

// 32 bytes of the key and 3 of a check sum are 280 bits: 56 letters of five bits, in groups of four.
const keyBytes = 32;
const checkBytes = 3;
const letterCount = 56;
const groupLetters = 4;

/** What a hand or an eye takes for another letter. */
const mistaken: Readonly<Record<string, string>> = { O: "0", I: "1", L: "1", U: "V" };

const utf8 = new TextEncoder();
const checkOf = (sha256: Sha256, key: Uint8Array): Uint8Array =>
  sha256(utf8.encode("counterfoil recovery key"), key).subarray(0, checkBytes);

/** The key of a station's data as a person prints it, keeps it and types it in again; head office prints it alike. */
export function printRecoveryKey(sha256: Sha256, key: Uint8Array): string {
  const letters = toBase32(concatBytes(key, checkOf(sha256, key)), letterCount);
  return (letters.match(new RegExp(`.{${groupLetters}}`, "g")) ?? []).join("-");
}

/** @returns the 32 bytes, or a refusal for what was not copied right */
export function readRecoveryKey(sha256: Sha256, text: string): Result<Uint8Array, { code: "RECOVERY_KEY_WRONG" }> {
  const typed = text
    .toUpperCase()
    .replaceAll(/[\s-]/g, "")
    .replaceAll(/[OILU]/g, (letter) => mistaken[letter] ?? letter);
  // A letter that is none of ours becomes "-1", which is not a number of bits.
  const bits = Array.from(typed, (letter) => base32Letters.indexOf(letter).toString(2).padStart(5, "0")).join("");
  if (!/^[01]+$/.test(bits) || bits.length !== (keyBytes + checkBytes) * 8) return err({ code: "RECOVERY_KEY_WRONG" });
  const bytes = Uint8Array.from(bits.match(/.{8}/g) ?? [], (eight) => Number.parseInt(eight, 2));
  const key = bytes.subarray(0, keyBytes);
  const isWhole = checkOf(sha256, key).every((byte, i) => byte === bytes[keyBytes + i]);
  return isWhole ? ok(key) : err({ code: "RECOVERY_KEY_WRONG" });
}
