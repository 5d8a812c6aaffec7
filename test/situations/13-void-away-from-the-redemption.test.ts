import { expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import { refusal, value } from "#test/support/counter.ts";
import { twoBranches } from "./support/two-branches.ts";

const places = twoBranches();

it("13. what A did is not undone at B: B asks, nothing is credited by asking, and A confirms", async () => {
  const { a, b, knownAtBoth, redeem, balanceAt, everybodyHears } = places;
  const { memberId } = await knownAtBoth(100);
  const redeemed = value(redeem(a, memberId, 1));
  await everybodyHears();
  const before = balanceAt(b, memberId).balance;
  const undo = { requestId: uuidv7(), undoes: redeemed.opId, reason: "typed twice" };
  expect(refusal(b.counter().voidMovement(undo, b.clerk))).toEqual({ code: "OPERATION_NOT_FOUND" });
  const slip = `${a.replica}-${a.log().length}-${redeemed.opId.slice(-4)}`;
  value(b.counter().askVoid({ requestId: uuidv7(), slip, memberId, reason: "wrong gift" }, b.clerk));
  await everybodyHears();
  expect(balanceAt(b, memberId).balance).toBe(before);
  const [asked] = a.counter().listRequests().toUs;
  expect(asked).toMatchObject({ state: "sent", memberId, points: -redeemed.points });

  value(a.counter().acceptRequest({ requestId: uuidv7(), id: asked?.id ?? "" }, a.manager));
  await everybodyHears();
  expect(b.counter().listRequests().mine).toMatchObject([{ state: "done" }]);
  expect(balanceAt(b, memberId).balance).toBe((before ?? 0) - redeemed.points);
});
