import { expect, it } from "vitest";
import { refusal } from "#test/support/counter.ts";
import { twoBranches } from "./support/two-branches.ts";

const places = twoBranches();

it.each([
  ["a bank card", "6222021234567894"],
  ["a number of ours with a slip in its check digit", "888800000011"],
  ["a number outside our ranges", "777700000010"],
])("4. %s is not a member card: refused, and nothing of it is kept", async (_what, number) => {
  const { a } = places;
  const before = a.log().length;
  expect(refusal(a.counter().identifyCard({ card: { number } }))).toEqual({ code: "CARD_NOT_RECOGNISED" });
  expect(a.log()).toHaveLength(before);
});
