import { expect, it } from "vitest";
import { value } from "#test/support/counter.ts";
import { twoBranches } from "./support/two-branches.ts";

const places = twoBranches();

it("27. one person who joins at A and at B is two members, each with points of their own, until somebody merges them", async () => {
  const { a, b, join, award, balanceAt, lastVerdict, newPhone, everybodyHears } = places;
  const phone = newPhone();
  const [atA, atB] = [join(a, { phone }), join(b, { phone })];
  value(award(a, atA.memberId, 50));
  value(award(b, atB.memberId, 70));
  await everybodyHears();
  expect(atA.memberNumber).not.toBe(atB.memberNumber);
  expect([balanceAt(a, atA.memberId).balance, balanceAt(b, atB.memberId).balance]).toEqual([50, 70]);
  expect([lastVerdict(a), lastVerdict(b)]).toEqual(["applied", "applied"]);
});
