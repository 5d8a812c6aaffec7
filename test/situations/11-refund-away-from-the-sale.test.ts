import { expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import { value } from "#test/support/counter.ts";
import { twoBranches } from "./support/two-branches.ts";

const places = twoBranches();

it("11. goods sold at A that come back at B are a request, which waits for the purchase and then takes back its part, cumulatively", async () => {
  const { a, b, join, award, balanceAt } = places;
  const { memberId } = join(a);
  value(award(a, memberId, 7, { receiptNumber: "A-7001" }));
  for (const amountFen of [233, 233, 234])
    value(b.counter().askRefund({ requestId: uuidv7(), receiptNumber: "A-7001", amountFen, reason: "goods came back" }, b.clerk));
  await b.exchange();
  expect(b.counter().listRequests().mine).toMatchObject([{ state: "open" }, { state: "open" }, { state: "open" }]);

  await a.exchange();
  await b.exchange();
  const settled = b.counter().listRequests().mine;
  expect(settled.reduce((sum, { points }) => sum + (points ?? 0), 0)).toBe(-7);
  await a.exchange();
  // What A holds as a right stays there and is owed: together the purchase is worth nothing any more.
  expect(balanceAt(a, memberId)).toMatchObject({ balance: 0 });
});
