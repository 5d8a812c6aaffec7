import { describe, expect, it } from "vitest";
import { parseAmount, parseQuantity, plainFigures } from "../../../../src-renderer/app/acts/amount.ts";

describe("an amount of yuan as a clerk types it", () => {
  it.each([
    ["128", 12_800],
    ["128.5", 12_850],
    ["128.50", 12_850],
    ["128.", 12_800],
    ["0.07", 7],
    ["1.15", 115],
    ["0.01", 1],
    ["１２８．５０", 12_850],
    ["128。5", 12_850],
    ["¥128", 12_800],
    ["￥1,280.00", 128_000],
    ["1,234,567.89", 123_456_789],
    ["１，２８０", 128_000],
    ["128元", 12_800],
    ["  128 ", 12_800],
    ["007", 700],
    ["1000000000", 100_000_000_000],
  ])("reads %s", (text, amountFen) => {
    expect(parseAmount(text)).toEqual({ ok: true, amountFen });
  });

  it.each([
    ["", "empty"],
    ["   ", "empty"],
    ["¥", "empty"],
    ["abc", "notANumber"],
    ["-5", "notANumber"],
    ["1.2.3", "notANumber"],
    ["12,34", "notANumber"],
    [".5", "notANumber"],
    ["1e3", "notANumber"],
    ["1.234", "tooManyDecimals"],
    ["0", "zero"],
    ["0.00", "zero"],
    ["1000000000.01", "tooLarge"],
    ["99999999999999999999", "tooLarge"],
  ])("refuses %j as %s", (text, fault) => {
    expect(parseAmount(text)).toEqual({ ok: false, fault });
  });

  it("shows full-width figures as plain ones while they are typed", () => {
    expect(plainFigures("１２８。５")).toBe("128.5");
  });
});

describe("a quantity", () => {
  it.each([
    ["1", 1],
    ["９", 9],
    ["9999", 9999],
  ])("reads %s", (text, quantity) => {
    expect(parseQuantity(text)).toBe(quantity);
  });

  it.each(["", "0", "-1", "1.5", "10000", "two"])("refuses %j", (text) => {
    expect(parseQuantity(text)).toBeUndefined();
  });
});
