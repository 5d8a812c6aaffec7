import { expect, it } from "vitest";
import { value } from "#test/support/counter.ts";
import { twoBranches } from "./support/two-branches.ts";

const places = twoBranches();

it("1. points earned without a line are a lot: spendable here up to the target, the rest at head office, which takes the lines as they are", async () => {
  const { a, join, award, balanceAt, lastVerdict, everybodyHears } = places;
  const { memberId } = join(a);
  expect(value(award(a, memberId, 60)).member.balance).toMatchObject({ balance: 60, spendableHere: 60 });
  expect(value(award(a, memberId, 700)).member.balance).toMatchObject({ balance: 760, spendableHere: 500, atHeadOffice: 260 });
  await everybodyHears();
  expect(lastVerdict(a)).toBe("applied");
  expect(balanceAt(a, memberId)).toMatchObject({ balance: 760, spendableHere: 500, atHeadOffice: 260 });
});
