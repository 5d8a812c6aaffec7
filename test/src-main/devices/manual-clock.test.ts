import { expect, it } from "vitest";
import { ManualClock } from "#main/devices/manual-clock.ts";

it("lets timers go off in the order they fall due, also those that a timer sets, and none that was stopped", () => {
  const clock = new ManualClock();
  const heard: string[] = [];
  const note = (text: string) => () => heard.push(`${text} at ${clock.now()}`);
  clock.after(20, note("second"));
  clock.after(20, note("third"));
  clock.after(10, () => {
    note("first")();
    clock.after(15, note("fourth"));
  });
  const stop = clock.after(12, note("stopped"));
  stop();
  clock.after(31, note("too late"));
  clock.advance(30);
  expect(heard).toEqual(["first at 10", "second at 20", "third at 20", "fourth at 25"]);
  expect(clock.now()).toBe(30);
});
