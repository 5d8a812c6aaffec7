import { expect, it } from "vitest";
import { refusal, value } from "#test/support/counter.ts";
import { twoBranches } from "./support/two-branches.ts";

const places = twoBranches();

it("7. points past their last day are not spent here, and given back with the next exchange", async () => {
  const { world, a, join, award, balanceAt, redeem } = places;
  const { memberId } = join(a);
  const { opId: lotId } = value(award(a, memberId, 80, { ruleId: "brief" }));
  await a.exchange();
  world.nextDay(40);
  expect(balanceAt(a, memberId)).toMatchObject({ balance: 80, spendableHere: 0 });
  expect(refusal(redeem(a, memberId, 1))).toMatchObject({ code: "INSUFFICIENT_POINTS", spendableHere: 0 });
  await a.exchange();
  expect(a.log().at(-1)).toMatchObject({ type: "rights.release", state: "applied" });
  const accounts = await world.books.accounts([memberId]);
  expect(accounts).toContainEqual({ lotId, memberId, holder: "POOL", amount: 80 });
});
