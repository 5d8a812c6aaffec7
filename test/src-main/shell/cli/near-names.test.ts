import { expect, it } from "vitest";
import { nearNames } from "#main/shell/cli/near-names.ts";
import { procedureNames } from "#main/shell/cli/procedures.ts";

it("finds what was meant", () => {
  const near = (wanted: string) => nearNames(wanted, procedureNames());
  expect(near("points.awrd")).toEqual(["points.award"]);
  expect(near("award")).toEqual(["points.award"]);
  expect(near("Points.Balance")).toEqual(["points.balance", "points.balances"]);
  expect(near("redemption")).toEqual([
    "redemption.plans",
    "redemption.redeem",
    "redemption.hold",
    "redemption.confirm",
    "redemption.cancel",
  ]);
  expect(near("")).toEqual([]);
  expect(near("make.coffee")).toEqual([]);
});
