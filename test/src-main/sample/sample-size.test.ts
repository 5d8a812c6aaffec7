import { expect, it } from "vitest";
import { sampleSizeOf } from "#main/sample/make-sample.ts";

it("is two thousand members with a year, or as many as somebody asks for", () => {
  expect(sampleSizeOf(undefined)).toEqual({ members: 2_000, visits: 9_000 });
  expect(sampleSizeOf("200")).toEqual({ members: 200, visits: 900 });
});

it.each(["", "0", "-5", "many", "1e3", "2000000"])("is not %o members", (asked) => {
  expect(sampleSizeOf(asked).members).toBe(2_000);
});
