import { describe, expect, it } from "vitest";
import { phone } from "#shared/contracts/members.ts";
import { isPhone } from "../../../../src-renderer/features/acts/phone.ts";

const typed = [
  "13800001234",
  "138-0000-1234",
  "138 0000 1234",
  "+86 138 0000 1234",
  "１３８００００１２３４",
  "1234",
  "abc",
  "",
  "1234567890123456",
  "010-8888",
];

describe("a phone in the form", () => {
  it.each(typed)("%j is taken exactly when the station takes it", (text) => {
    expect(isPhone(text)).toBe(phone.safeParse(text).success);
  });
});
