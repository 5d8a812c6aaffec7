import { createHash, randomBytes } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keyFingerprint, makeEnrolmentCode, printEnrolmentCode, readEnrolmentCode } from "#shared/domain/enrolment/code.ts";
import type { Sha256 } from "#shared/domain/operations/encode.ts";

const sha256: Sha256 = (...parts) => createHash("sha256").update(Buffer.concat(parts)).digest();
const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

/** Five bits a letter, the first bit first, by way of one long binary number. */
function base32(data: Uint8Array, letters: number): string {
  const bits = Array.from(data, (byte) => byte.toString(2).padStart(8, "0")).join("");
  const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  return Array.from({ length: letters }, (_, i) => alphabet[Number.parseInt(bits.slice(i * 5, i * 5 + 5), 2)]).join("");
}

describe("an enrolment code", () => {
  it("is 80 random bits and 50 bits of the digest of head office's key", () => {
    fc.assert(
      fc.property(bytes(10), bytes(32), (random, key) => {
        const digest = createHash("sha256").update(key).digest();
        expect(makeEnrolmentCode(sha256, random, key)).toBe(base32(random, 16) + base32(digest, 10));
        expect(keyFingerprint(sha256, key)).toBe(base32(digest, 10));
      }),
    );
  });

  it("is read as it was printed, also in lower case, with spaces, and with the letters that look like digits", () => {
    fc.assert(
      fc.property(bytes(10), bytes(32), (random, key) => {
        const code = makeEnrolmentCode(sha256, random, key);
        const expected = { ok: true, value: { code, fingerprint: code.slice(16) } };
        const printed = printEnrolmentCode(code);
        expect(readEnrolmentCode(printed)).toEqual(expected);
        expect(readEnrolmentCode(printed.toLowerCase())).toEqual(expected);
        expect(readEnrolmentCode(` ${printed.replaceAll("-", " ")}\n`)).toEqual(expected);
        expect(readEnrolmentCode(code.replaceAll("0", "O").replaceAll("1", "l"))).toEqual(expected);
        expect(readEnrolmentCode(code.replaceAll("0", "o").replaceAll("1", "I"))).toEqual(expected);
      }),
    );
  });

  it("is read when it was typed with a Chinese keyboard's wide letters", () => {
    const code = makeEnrolmentCode(sha256, randomBytes(10), randomBytes(32));
    const wide = code.replace(/./g, (letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0));
    expect(readEnrolmentCode(wide)).toMatchObject({ ok: true, value: { code } });
  });

  it.each([
    ["a letter short", "0123456789ABCDEFGHJKMNPQR"],
    ["a letter long", "0123456789ABCDEFGHJKMNPQRST"],
    ["the letter U", "0123456789ABCDEFGHJKMNPQRU"],
    ["a mark", "0123456789ABCDEFGHJKMNPQR!"],
    ["nothing", ""],
  ])("is none with %s", (_name, text) => {
    expect(readEnrolmentCode(text)).toEqual({ ok: false, error: { code: "CODE_MALFORMED" } });
  });

  it("is not made from too little chance", () => {
    expect(() => makeEnrolmentCode(sha256, new Uint8Array(9), new Uint8Array(32))).toThrow(RangeError);
  });
});
