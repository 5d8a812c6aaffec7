import { expect, it } from "vitest";
import { spanWords } from "../../../../src-renderer/app/shell/span-words.ts";

const minute = 60_000;

it.each([
  [10_000, "minutes 1"],
  [5 * minute, "minutes 5"],
  [-5 * minute, "minutes 5"],
  [89 * minute, "minutes 89"],
  [180 * minute, "hours 3"],
  [3 * 24 * 60 * minute, "days 3"],
])("a clock that is %i ms off is off by about %s", (ms, words) => {
  const t = (key: string, values?: object): string => `${key.replace("shell.clock.", "")} ${Object.values(values ?? {}).join()}`;
  expect(spanWords(ms, t)).toBe(words);
});
