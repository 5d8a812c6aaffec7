import { expect, it } from "vitest";
import { judgeHistory, type HistoryFacts } from "#main/app/durability/judge-history.ts";

const guard: HistoryFacts["guard"] = {
  replica: 7,
  incarnation: "00000000000000a1",
  seq: 50,
  hash: "ab".repeat(32),
  machine: "this computer",
  file: "12-34",
  mirrorIsWhole: true,
};

it.each<[what: string, facts: Partial<HistoryFacts>, history: string]>([
  ["is the one that was closed", {}, "continuous"],
  ["has never been guarded", { guard: undefined, isGuarded: false, hasGuarded: false }, "continuous"],
  ["is older than its guard, or of another history", { hasGuarded: false }, "restored"],
  ["was found without its guard", { guard: undefined, hasGuarded: false }, "unguarded"],
  ["was copied to another computer", { machine: "another computer" }, "copied"],
  ["was copied to another computer in an older state", { machine: "another computer", hasGuarded: false }, "restored"],
  ["is on a computer that has no fingerprint", { machine: null }, "continuous"],
  ["was guarded on a computer that has no fingerprint", { guard: { ...guard, machine: null } }, "continuous"],
])("a database that %s", (_what, facts, history) => {
  expect(judgeHistory({ guard, isGuarded: true, hasGuarded: true, machine: "this computer", ...facts })).toBe(history);
});
