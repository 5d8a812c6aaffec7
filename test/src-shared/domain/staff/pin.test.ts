import { describe, expect, it } from "vitest";
import { isGuessablePin } from "#shared/domain/staff/pin.ts";

describe("a PIN", () => {
  it.each(["000000", "111111", "121212", "123123", "7777777", "123456", "654321", "890123", "210987"])(
    "that anybody would try first is refused: %s",
    (pin) => expect(isGuessablePin(pin)).toBe(true),
  );
  it.each(["258014", "369025", "112358", "123457", "1234561"])("that says nothing is taken: %s", (pin) =>
    expect(isGuessablePin(pin)).toBe(false),
  );
});
