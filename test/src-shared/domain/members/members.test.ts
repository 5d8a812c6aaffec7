import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hasValidLuhn } from "#shared/domain/cards/luhn.ts";
import { maskName, maskPhone } from "#shared/domain/members/masking.ts";
import { memberNumberOf } from "#shared/domain/members/member-number.ts";

describe("a member number", () => {
  const replica = fc.integer({ min: 1, max: 99_999 });
  const serial = fc.integer({ min: 1, max: 99_999 });

  it("is eleven digits that say the station and end with a check digit", () => {
    expect(memberNumberOf(7, 1)).toBe("00007000011");
    fc.assert(
      fc.property(replica, serial, (station, n) => {
        const number = memberNumberOf(station, n) ?? "";
        expect(number).toMatch(/^\d{11}$/);
        expect(hasValidLuhn(number)).toBe(true);
      }),
    );
  });

  it("is never made twice, whichever stations make it", () => {
    fc.assert(
      fc.property(replica, serial, replica, serial, (a, n, b, m) => {
        expect(memberNumberOf(a, n) === memberNumberOf(b, m)).toBe(a === b && n === m);
      }),
    );
  });

  it("ends when the station's numbers are used up, instead of beginning again", () => {
    expect(memberNumberOf(1, 99_999)).toMatch(/^0000199999\d$/);
    expect(memberNumberOf(1, 100_000)).toBeUndefined();
    expect(memberNumberOf(1, 0)).toBeUndefined();
    expect(memberNumberOf(100_000, 1)).toBeUndefined();
  });
});

describe("what a stranger's screen shows", () => {
  const names: [name: string, masked: string][] = [
    ["王小明", "王**"],
    ["李", "李"],
    ["Anna Lee", "A*** ***"],
    ["𠮷野家", "𠮷**"],
    ["", ""],
  ];
  it.each(names)("%s is shown as %s", (name, masked) => {
    expect(maskName(name)).toBe(masked);
  });

  const phones: [phone: string, masked: string][] = [
    ["13812345678", "138****5678"],
    ["+8613812345678", "+86138****5678"],
    ["02112345", "******45"],
    ["12345", "***45"],
  ];
  it.each(phones)("%s is shown as %s", (phone, masked) => {
    expect(maskPhone(phone)).toBe(masked);
  });

  it("never shows a whole phone", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\+?\d{5,15}$/), (phone) => {
        expect(maskPhone(phone)).toHaveLength(phone.length);
        expect(maskPhone(phone).split("*").length - 1).toBeGreaterThanOrEqual(3);
      }),
    );
  });
});
