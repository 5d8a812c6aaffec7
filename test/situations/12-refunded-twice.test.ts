import { expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import { value } from "#test/support/counter.ts";
import { twoBranches } from "./support/two-branches.ts";

const places = twoBranches();

it("12. goods that two counters took back count once: the second request is answered that they were refunded already", async () => {
  const { a, b, join, award, balanceAt } = places;
  const { memberId } = join(a);
  value(award(a, memberId, 60, { receiptNumber: "A-7002" }));
  await a.exchange();
  for (const station of [a, b])
    value(
      station.counter().askRefund({ requestId: uuidv7(), receiptNumber: "A-7002", amountFen: 6_000, reason: "came back" }, station.clerk),
    );
  await b.exchange();
  await a.exchange();
  expect(b.counter().listRequests().mine).toMatchObject([{ state: "done", points: -60, reference: "A-7002" }]);
  expect(a.counter().listRequests().mine).toMatchObject([{ state: "refused", code: "REFUNDED_TWICE", reference: "A-7002" }]);
  expect(balanceAt(a, memberId).balance).toBe(0);
});
