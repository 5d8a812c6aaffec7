import { expect, it } from "vitest";
import { readSlip, slipOf, writeSlip } from "#shared/domain/operations/slip-number.ts";

const slip = { replica: 3, seq: 142, tail: "9f0c" };

it("is short enough to be read out, and found again", () => {
  expect(slipOf({ replica: 3, seq: 142, opId: "0190a000-0000-7000-8000-0000000A9F0C" })).toEqual(slip);
  expect(writeSlip(slip)).toBe("3-142-9F0C");
});

it.each(["3-142-9F0C", " 3-142-9f0c ", "３－１４２－９Ｆ０Ｃ", "3 - 142 - 9F0C"])("reads %s", (typed) => {
  expect(readSlip(typed)).toEqual(slip);
});

it.each(["", "3-142", "3-142-9F0", "3-142-9F0G", "x-1-0000", "3-142-9F0C-1", "0-1-9F0C", "3-0-9F0C"])(
  "does not take %o for a slip",
  (typed) => {
    expect(readSlip(typed)).toBeUndefined();
  },
);
