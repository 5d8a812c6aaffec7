import { expect, it } from "vitest";
import { refusal, value } from "#test/support/counter.ts";
import { expectOk } from "#test/support/simulated-station.ts";
import { officeFor } from "./support/people.ts";
import { twoBranches } from "./support/two-branches.ts";

const places = twoBranches();
const office = officeFor(() => places.world);

/** The same person with so many points at A, and so many at B; both branches know both. */
async function joinedTwice(atA: number, atB: number) {
  const { a, b, join, award, everybodyHears } = places;
  const [first, second] = [join(a), join(b)];
  value(award(a, first.memberId, atA));
  value(award(b, second.memberId, atB));
  await everybodyHears();
  return { first, second };
}

it("25. a branch that has not heard of a merge goes on under the old name; then everybody sees one member, with all that was done", async () => {
  const { world, a, b, award, redeem, memberAt, balanceAt, lastVerdict, everybodyHears } = places;
  const { first, second } = await joinedTwice(300, 200);
  const { member } = expectOk(await office.merge(first, second));
  expect(member).toMatchObject({ memberNumber: first.memberNumber, alsoNumbered: [second.memberNumber], balance: 500 });
  await a.exchange();
  expect(balanceAt(a, first.memberId).balance).toBe(500);

  // B is apart: it awards, redeems and blocks under the name that it knows.
  value(award(b, second.memberId, 40));
  value(redeem(b, second.memberId, 1));
  expect(memberAt(b, second.memberId)).toMatchObject({ memberNumber: second.memberNumber, balance: { balance: 200 } });

  await everybodyHears();
  expect(lastVerdict(b)).toBe("applied");
  for (const station of [a, b]) {
    // Asked for by either name, by either number or phone: one member.
    for (const { memberId, memberNumber } of [first, second]) {
      const found = station.counter().findMembers({ text: memberNumber }, station.clerk).members;
      expect(found.map((each) => each.memberNumber)).toEqual([first.memberNumber]);
      expect(memberAt(station, memberId)).toMatchObject({
        memberId: first.memberId,
        alsoNumbered: [second.memberNumber],
        balance: { balance: 500 },
      });
    }
    const explained = value(station.counter().explain({ memberId: first.memberId, figure: "balance" }));
    expect(explained.total).toBe(500);
    expect(explained.lines.find(({ kind }) => kind === "mergedWith")?.detail).toBe(second.memberNumber);
  }
  expect(memberAt(b, first.memberId).lastVisits.map(({ points }) => points)).toEqual([-40, 40, 200]);
  expect(await world.admin().verify()).toEqual({ ok: true, damaged: [] });
});

it("25. what a branch holds of either name is spendable there as one, and no more than that", async () => {
  const { b, redeem, award, knownAtBoth, balanceAt, join, everybodyHears } = places;
  const first = await knownAtBoth(300);
  const second = join(b);
  value(award(b, second.memberId, 150));
  await everybodyHears();
  expectOk(await office.merge(first, second));
  await everybodyHears();
  const { balance, spendableHere } = balanceAt(b, first.memberId);
  expect(balance).toBe(451);
  expect(spendableHere).toBe(151);
  // Three glasses of tea cost 120: more than B has of the first name, and less than both.
  value(redeem(b, first.memberId, 3));
  expect(refusal(redeem(b, first.memberId, 1)).code).toBe("INSUFFICIENT_POINTS");
  await everybodyHears();
  expect(balanceAt(b, second.memberId).balance).toBe(331);
});

it("25. of two main cards the chosen one stays, and the other says that it is blocked wherever it is swiped", async () => {
  const { world, a, b, everybodyHears, join, award } = places;
  const [kept, ended] = [world.newCardNumber(), world.newCardNumber()];
  const [first, second] = [join(a, { number: ended }), join(b, { number: kept })];
  value(award(a, first.memberId, 10));
  value(award(b, second.memberId, 20));
  await everybodyHears();
  expect(await office.merge(first, second, null)).toMatchObject({ ok: false, error: { code: "CARD_NOT_CHOSEN" } });
  const { blockedCard } = expectOk(await office.merge(first, second, second));
  expect(blockedCard?.last4).toBe(ended.slice(-4));

  await everybodyHears();
  for (const station of [a, b]) {
    const swiped = (number: string) => value(station.counter().identifyCard({ card: { number } }));
    expect(swiped(kept)).toMatchObject({ memberNumber: first.memberNumber, swipedCardState: "active", balance: { balance: 30 } });
    expect(swiped(ended)).toMatchObject({ memberNumber: first.memberNumber, swipedCardState: "blocked", card: { state: "active" } });
    expect(swiped(ended).card?.last4).toBe(kept.slice(-4));
  }
});

it("25. a card that the branch apart hands out under the old name is void: the one that was chosen stays", async () => {
  const { world, a, b, join, award, lastVerdict, everybodyHears } = places;
  const first = join(a);
  const second = value(b.counter().createMember({ requestId: world.newId(), name: "王小明", phones: [places.newPhone()] }, b.clerk));
  value(award(a, first.memberId, 10));
  await everybodyHears();
  expectOk(await office.merge(first, second));
  value(b.counter().issueCard({ requestId: world.newId(), memberId: second.memberId, card: { number: world.newCardNumber() } }, b.clerk));
  await everybodyHears();
  expect(lastVerdict(b)).toBe("flagged SECOND_MAIN_CARD");
  expect(places.memberAt(b, second.memberId).card?.last4).toBe(first.card?.last4);
});

it("25. what one owes under the one number is repaid from the points of the other", async () => {
  const { world, a, b, award, redeem, join, balanceAt, everybodyHears } = places;
  const [first, second] = [join(a), join(b)];
  const awarded = value(award(a, first.memberId, 100));
  value(redeem(a, first.memberId, 1));
  value(award(b, second.memberId, 900));
  value(a.counter().voidMovement({ requestId: world.newId(), undoes: awarded.opId, reason: "录错" }, a.clerk));
  await everybodyHears();
  expect(balanceAt(a, first.memberId)).toMatchObject({ balance: -40, debt: 40 });
  expectOk(await office.merge(second, first));
  await everybodyHears();
  expect(balanceAt(b, second.memberId)).toMatchObject({ balance: 860, debt: 0 });
  expect(await world.admin().verify()).toEqual({ ok: true, damaged: [] });
});

it("25. a merge that was decided by older figures is not done, and neither is one of a member with itself", async () => {
  const { a, award, everybodyHears } = places;
  const { first, second } = await joinedTwice(30, 20);
  value(award(a, first.memberId, 5));
  await everybodyHears();
  const balances = [
    { memberId: first.memberId, balance: 35 },
    { memberId: second.memberId, balance: 20 },
  ];
  expect(await office.mergeAsShown(first, second, [30, 20])).toMatchObject({
    ok: false,
    error: { code: "PEOPLE_CHANGED", data: { balances } },
  });
  expectOk(await office.mergeAsShown(first, second, [35, 20]));
  expect(await office.mergeAsShown(first, second, [55, 55])).toMatchObject({ ok: false, error: { code: "SAME_MEMBER" } });
});
