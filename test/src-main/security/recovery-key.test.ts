import { assert, nat, property, uint8Array } from "fast-check";
import { describe, expect, it } from "vitest";
import { printRecoveryKey, readRecoveryKey } from "#main/security/recovery-key.ts";

const keys = uint8Array({ minLength: 32, maxLength: 32 });

describe("a printed recovery key", () => {
  it("is read back, whatever case, spaces and look-alike letters it is typed with", () => {
    assert(
      property(keys, (key) => {
        const printed = printRecoveryKey(key);
        expect(printed).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){13}[0-9A-HJKMNP-TV-Z]{4}$/);
        const typed = printed.toLowerCase().replaceAll("-", " ").replaceAll("0", "o").replaceAll("1", "l").replaceAll("v", "u");
        expect(Buffer.from(readRecoveryKey(typed)).equals(key)).toBe(true);
      }),
    );
  });

  it("is refused with one wrong or missing character", () => {
    assert(
      property(keys, nat(55), (key, at) => {
        const letters = printRecoveryKey(key).replaceAll("-", "");
        const wrong = letters[at] === "2" ? "3" : "2";
        for (const typed of [
          letters.slice(0, at) + wrong + letters.slice(at + 1),
          letters.slice(0, at) + letters.slice(at + 1),
          `${letters}2`,
          "",
        ])
          expect(() => readRecoveryKey(typed)).toThrow("recovery key");
      }),
    );
  });
});
