import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { safeguards } from "./safeguards.ts";

const root = new URL("../../../", import.meta.url);

it.each(safeguards)("the matrix finds where it is taken away: $name", ({ file, find }) => {
  expect(readFileSync(new URL(file, root), "utf8").split(find)).toHaveLength(2);
});
