import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, it } from "vitest";
import { makeSoon } from "#main/system/soon.ts";

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
