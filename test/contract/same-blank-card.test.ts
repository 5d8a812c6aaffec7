import { expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import { cardNumber, value } from "#test/support/counter.ts";
import { twoBranches } from "#test/situations/support/two-branches.ts";

const places = twoBranches();

it("two drawers with the same blank card leave one member without a card, and no points waiting", async () => {
  const { a, b, join, award, memberAt, everybodyHears } = places;
  const number = cardNumber(5_000);
  const atA = join(a, { number });
  const atB = join(b, { number });
  value(award(b, atB.memberId, 80));
  value(b.counter().blockCard({ requestId: uuidv7(), memberId: atB.memberId, reason: "lost" }, b.manager));
  await everybodyHears();
  const codes = b.log().map(({ stateCode }) => stateCode);
  expect(codes.slice(-3)).toEqual(["CARD_TAKEN", null, "CARD_NOT_THEIRS"]);
  expect(memberAt(b, atB.memberId)).toMatchObject({ card: null, balance: { balance: 80 } });
  expect(memberAt(a, atA.memberId).card).toMatchObject({ state: "active" });
});
