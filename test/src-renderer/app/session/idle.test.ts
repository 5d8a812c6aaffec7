import { expect, it } from "vitest";
import { hasBeenIdle } from "../../../../src-renderer/app/session/idle.ts";

const minuteMs = 60_000;

it("locks after the minutes that were set in which nobody touched the counter, also when the computer slept through them", () => {
  expect(hasBeenIdle(0, 5 * minuteMs - 1, 5)).toBe(false);
  expect(hasBeenIdle(0, 5 * minuteMs, 5)).toBe(true);
  expect(hasBeenIdle(0, 5 * minuteMs, 6)).toBe(false);
  expect(hasBeenIdle(0, 9 * 60 * minuteMs, 30)).toBe(true);
});
