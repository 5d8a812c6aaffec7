import { expect, it } from "vitest";
import { value } from "#test/support/counter.ts";
import { twoBranches } from "./support/two-branches.ts";

const places = twoBranches();

it("5. a member of another branch is served masked and without a balance, and known whole once head office has heard", async () => {
  const { a, b, join, award, memberAt } = places;
  const { memberId } = join(a);
  await a.exchange();
  await b.exchange();
  expect(memberAt(b, memberId)).toMatchObject({
    knownAs: "directory",
    name: "王**",
    phonesMasked: [],
    balance: { balance: null, asOfMs: null, spendableHere: 0 },
  });
  expect(value(award(b, memberId, 260)).member.balance).toMatchObject({ balance: null, spendableHere: 200 });
  await b.exchange();
  expect(memberAt(b, memberId)).toMatchObject({ knownAs: "workingSet", name: "王小明", balance: { balance: 260 } });
});
