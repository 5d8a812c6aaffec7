import { createHash } from "node:crypto";
import { Fault } from "#main/app/ports/fault.ts";

// 32 bytes of the key and 3 of a check sum are 280 bits: 56 letters of five bits, in groups of four.
const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const keyBytes = 32;
const checkBytes = 3;
const groupLetters = 4;

/** What a hand or an eye takes for another letter (Crockford's base 32 leaves these out). */
const mistaken: Readonly<Record<string, string>> = { O: "0", I: "1", L: "1", U: "V" };

const checkOf = (key: Uint8Array): Buffer =>
  createHash("sha256").update("counterfoil recovery key").update(key).digest().subarray(0, checkBytes);

/** The key of a station's data as a person prints it, keeps it and types it in again. */
export function printRecoveryKey(key: Uint8Array): string {
  const bits = Array.from(Buffer.concat([key, checkOf(key)]), (byte) => byte.toString(2).padStart(8, "0")).join("");
  const text = (bits.match(/.{5}/g) ?? []).map((five) => letters[Number.parseInt(five, 2)]).join("");
  return (text.match(new RegExp(`.{${groupLetters}}`, "g")) ?? []).join("-");
}

/** @throws Fault `RECOVERY_KEY_WRONG` for one that was not copied right */
export function readRecoveryKey(text: string): Uint8Array {
  const typed = text
    .toUpperCase()
    .replaceAll(/[\s-]/g, "")
    .replaceAll(/[OILU]/g, (letter) => mistaken[letter] ?? letter);
  // A letter that is none of ours becomes "-1", which is not a number of bits.
  const bits = Array.from(typed, (letter) => letters.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const bytes = Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)));
  const key = bytes.subarray(0, keyBytes);
  const isWhole = /^[01]+$/.test(bits) && bits.length === (keyBytes + checkBytes) * 8 && checkOf(key).equals(bytes.subarray(keyBytes));
  if (isWhole) return key;
  throw new Fault("RECOVERY_KEY_WRONG", { message: "This is not a recovery key, or a character of it is wrong." });
}
