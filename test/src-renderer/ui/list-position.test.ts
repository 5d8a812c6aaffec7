import { describe, expect, it } from "vitest";
import { positionAfter } from "../../../src-renderer/ui/list-position.ts";

describe("a key in a list of four, the second chosen", () => {
  it.each([
    ["ArrowDown", 2],
    ["ArrowUp", 0],
    ["Home", 0],
    ["End", 3],
    ["1", 0],
    ["4", 3],
  ])("%s goes to position %i", (key, position) => {
    expect(positionAfter(key, 1, 4, true)).toBe(position);
  });

  it.each(["5", "0", "a", "Tab"])("%s is not for the list", (key) => {
    expect(positionAfter(key, 1, 4, true)).toBeUndefined();
  });

  it("stays at the ends", () => {
    expect(positionAfter("ArrowDown", 3, 4, true)).toBe(3);
    expect(positionAfter("ArrowUp", 0, 4, true)).toBe(0);
  });

  it("leaves digits to typing where the list has no digits", () => {
    expect(positionAfter("1", 1, 4, false)).toBeUndefined();
  });

  it("has nowhere to go when it is empty", () => {
    expect(positionAfter("ArrowDown", -1, 0, true)).toBeUndefined();
  });
});
