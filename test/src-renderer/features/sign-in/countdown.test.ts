import { expect, it } from "vitest";
import { spanOf } from "../../../../src-renderer/features/sign-in/countdown.ts";

it.each([
  [900_000, "15:00"],
  [61_000, "1:01"],
  [59_001, "1:00"],
  [1, "0:01"],
  [0, "0:00"],
  [-5_000, "0:00"],
])("a lock that ends in %i ms shows %s", (ms, shown) => {
  expect(spanOf(ms)).toBe(shown);
});
