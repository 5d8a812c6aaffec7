import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, it, onTestFinished, vi } from "vitest";
import { makeSoon, makeWhenQuiet } from "#main/system/soon.ts";

it("does once what is asked for many times in one go, and again when it is asked for later", async () => {
  let done = 0;
  const soon = makeSoon(() => (done += 1));
  soon.ask();
  soon.ask();
  expect(done).toBe(0);
  await nextTurn();
  expect(done).toBe(1);
  soon.ask();
  await nextTurn();
  expect(done).toBe(2);
});

it("does nothing more once it is stopped", async () => {
  let done = 0;
  const soon = makeSoon(() => (done += 1));
  soon.ask();
  soon.stop();
  soon.ask();
  await nextTurn();
  expect(done).toBe(0);
});

it("waits until nobody has asked for a while", () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  let done = 0;
  const quiet = makeWhenQuiet(() => (done += 1), 2_000);
  quiet.ask();
  vi.advanceTimersByTime(1_500);
  quiet.ask();
  vi.advanceTimersByTime(1_500);
  expect(done).toBe(0);
  vi.advanceTimersByTime(500);
  expect(done).toBe(1);
  quiet.ask();
  quiet.stop();
  vi.advanceTimersByTime(5_000);
  expect(done).toBe(1);
});
