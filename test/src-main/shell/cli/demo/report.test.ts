import { expect, it } from "vitest";
import { agree } from "#main/shell/cli/demo/report.ts";

const balances = { "00001000017": 40, "00002000016": 0 };
const a = { name: "A", balances, operations: 30 };
const b = { name: "B", balances, operations: 20 };
const headOffice = { balances, operations: 50 };
const heard = [
  { name: "A", ackSeq: 30, quarantined: 0 },
  { name: "B", ackSeq: 20, quarantined: 0 },
];

it("agrees when balances are equal everywhere and head office has every operation once", () => {
  expect(agree([a, b], headOffice, heard)).toBe(true);
});

it.each([
  ["a balance differs at one branch", [{ ...a, balances: { ...balances, "00001000017": 41 } }, b], headOffice, heard],
  ["a member is missing at head office", [a, b], { ...headOffice, balances: { "00001000017": 40 } }, heard],
  ["an operation did not arrive", [a, b], headOffice, heard.map((of) => ({ ...of, ackSeq: of.ackSeq - 1 }))],
  ["an operation arrived twice", [a, b], { ...headOffice, operations: 51 }, heard],
  ["head office has never heard a branch", [a, b], headOffice, heard.slice(1)],
  ["an operation was not applied", [a, b], headOffice, heard.map((of) => ({ ...of, quarantined: 1 }))],
])("does not when %s", (_what, stations, books, heardOf) => {
  expect(agree(stations, books, heardOf)).toBe(false);
});
