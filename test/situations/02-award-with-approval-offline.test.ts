import { expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import { value } from "#test/support/counter.ts";
import { twoBranches } from "./support/two-branches.ts";

const places = twoBranches();

it("2. points under a rule with approval are a proposal without a lot, and in the pool once whoever holds the decision approved", async () => {
  const { a, join, award, balanceAt } = places;
  const { memberId } = join(a);
  const proposed = value(award(a, memberId, 60, { ruleId: "large" }));
  expect(proposed.member.balance).toMatchObject({ balance: 0, spendableHere: 0, proposed: 60 });
  await a.exchange();
  await a.ask((counter) =>
    counter.decideProposal({ requestId: uuidv7(), proposalId: proposed.opId, decision: "approve", reason: null }, a.manager),
  );
  expect(balanceAt(a, memberId)).toMatchObject({ balance: 60, spendableHere: 60, proposed: 0 });
});
