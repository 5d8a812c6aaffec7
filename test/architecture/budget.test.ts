import { readdirSync } from "node:fs";
import { expect, it } from "vitest";
import { budgetTable } from "../budget.ts";

it("adds up what the files of a suite took, and marks one that has grown beyond its budget", () => {
  const took = new Map([
    ["test/contract/a.test.ts", 30_000],
    ["test/contract/b.test.ts", 15_500],
    ["test/bench/result.test.ts", 100],
  ]);
  expect(budgetTable(took).split("\n")).toEqual([
    "suite          seconds  budget",
    "bench              0.1       2",
    "contract          45.5      40  over",
  ]);
});

it("has a budget for every folder of suites", () => {
  const suites = readdirSync("test", { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".test.ts"));
  const table = budgetTable(new Map(suites.map((path) => [`test/${path}`, 0])));
  expect(table).not.toContain("none");
});
