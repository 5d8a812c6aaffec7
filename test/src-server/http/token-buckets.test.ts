import { expect, it } from "vitest";
import { makeTokenBuckets } from "#server/http/token-buckets.ts";

function bucketsAt(startMs: number) {
  let nowMs = startMs;
  const buckets = makeTokenBuckets({ burst: 3, perSecond: 0.5 }, () => nowMs);
  return { ...buckets, wait: (ms: number) => (nowMs += ms) };
}

it("lets a burst through, then says how long to wait", () => {
  const { take, wait } = bucketsAt(0);
  expect([take("a"), take("a"), take("a"), take("a")]).toEqual([0, 0, 0, 2]);
  wait(1000);
  expect(take("a")).toBe(1);
  wait(1000);
  expect([take("a"), take("a")]).toEqual([0, 2]);
});

it("does not save up more than a burst over a quiet night", () => {
  const { take, wait } = bucketsAt(5);
  take("a");
  wait(10 * 3_600_000);
  expect([take("a"), take("a"), take("a"), take("a")]).toEqual([0, 0, 0, 2]);
});

it("keeps callers apart", () => {
  const { take } = bucketsAt(0);
  for (let i = 0; i < 4; i++) take("a");
  expect(take("b")).toBe(0);
});

it("forgets the caller heard of longest ago when a flood of made-up callers arrives, and no other", () => {
  const { take } = bucketsAt(0);
  for (let i = 0; i < 3; i++) take("old");
  for (let i = 0; i < 3; i++) take("recent");
  for (let i = 0; i < 49_999; i++) take(`made up ${i}`);
  expect(take("recent")).toBe(2);
  expect(take("old")).toBe(0);
});
