import { expect, it } from "vitest";
import { value } from "#test/support/counter.ts";
import { minuteMs } from "#test/support/hand-clock.ts";
import { expectOk } from "#test/support/simulated-station.ts";
import { officeFor } from "./support/people.ts";
import { twoBranches } from "./support/two-branches.ts";

const places = twoBranches();
const office = officeFor(() => places.world);

/** Two people with so many points each, at home at A and at B, whom somebody took for one; both branches have heard. */
async function takenForOne(atA: number, atB: number, keep: "first" | "second" = "first") {
  const { a, b, join, award, everybodyHears } = places;
  const [first, second] = [join(a), join(b)];
  value(award(a, first.memberId, atA));
  value(award(b, second.memberId, atB));
  await everybodyHears();
  expectOk(await office.merge(first, second, keep === "first" ? first : second));
  await everybodyHears();
  return { first, second };
}

it("26. after a split each has their own lots again, less what was spent of them, as the preview said", async () => {
  const { world, a, b, redeem, balanceAt, memberAt, everybodyHears } = places;
  const { first, second } = await takenForOne(100, 700);
  // Five hundred are held at B; two hundred were at head office, and came to where the one person is at home.
  expect(balanceAt(a, first.memberId)).toMatchObject({ balance: 800, spendableHere: 300 });
  // Six glasses of tea cost 240.
  value(redeem(a, first.memberId, 6));
  await everybodyHears();

  const preview = await office.previewSplit(second);
  expect(preview.members.map(({ memberNumber, balance }) => [memberNumber, balance])).toEqual([
    [first.memberNumber, 0],
    [second.memberNumber, 560],
  ]);
  expect(preview.unclear).toEqual([]);
  expectOk(await office.split(second));
  await everybodyHears();
  expect(balanceAt(a, first.memberId).balance).toBe(0);
  expect(memberAt(b, second.memberId)).toMatchObject({ memberNumber: second.memberNumber, alsoNumbered: [], balance: { balance: 560 } });
  // A never served the second, and forgets them: the directory alone is left.
  expect(memberAt(a, second.memberId)).toMatchObject({ knownAs: "directory", name: "王**" });
  expect(await world.admin().verify()).toEqual({ ok: true, damaged: [] });
});

it("26. what was awarded while they were one goes where the card goes", async () => {
  const { a, b, award, balanceAt, everybodyHears } = places;
  const { first, second } = await takenForOne(10, 20, "second");
  // The card that stays is the second's; the counter shows the first, and the second one earns.
  value(award(a, first.memberId, 5));
  value(award(b, second.memberId, 7));
  await everybodyHears();
  expect(balanceAt(a, first.memberId).balance).toBe(42);
  expectOk(await office.split(second));
  await everybodyHears();
  expect(balanceAt(a, first.memberId).balance).toBe(10);
  expect(balanceAt(b, second.memberId).balance).toBe(32);
});

it("26. awards by a card that was handed out while they were one are listed, for a person to say whose they are", async () => {
  const { world, a, award, balanceAt, everybodyHears } = places;
  const { first, second } = await takenForOne(10, 20);
  const asked = { requestId: world.newId(), memberId: first.memberId, reason: "lost" };
  value(a.counter().blockCard(asked, a.manager));
  const issued = { requestId: world.newId(), memberId: first.memberId, card: { number: world.newCardNumber() } };
  value(a.counter().issueCard(issued, a.clerk));
  await world.timeline.advance(minuteMs);
  value(award(a, first.memberId, 33, { receiptNumber: "UNCLEAR" }));
  await everybodyHears();
  const { unclear } = expectOk(await office.split(second));
  expect(unclear).toMatchObject([{ receiptNumber: "UNCLEAR", points: 33 }]);
  await everybodyHears();
  expect(balanceAt(a, first.memberId).balance).toBe(43);
});

it("26. a sub-card that was handed out while they were one stays with the main card that it hangs on", async () => {
  const { world, a, b, memberAt, everybodyHears } = places;
  const { first, second } = await takenForOne(10, 20, "second");
  const card = { number: world.newCardNumber() };
  const asked = { requestId: world.newId(), memberId: first.memberId, card, as: "sub" } as const;
  const issued = value(a.counter().issueCard(asked, a.clerk));
  expect(value(a.counter().issueCard(asked, a.clerk))).toEqual(issued);
  await everybodyHears();
  expectOk(await office.split(second));
  await everybodyHears();
  expect(value(b.counter().identifyCard({ card }))).toMatchObject({ memberId: second.memberId, swipedCardState: "active" });
  expect(memberAt(b, second.memberId).subCards).toMatchObject([{ last4: card.number.slice(-4), state: "active" }]);
  expect(memberAt(a, first.memberId).subCards).toEqual([]);
});

it("26. a branch that has not heard of the split spends from both; those goods are gone, and somebody looks", async () => {
  const { world, a, b, redeem, balanceAt, lastVerdict, everybodyHears } = places;
  const { first, second } = await takenForOne(700, 60);
  expect(balanceAt(b, first.memberId).spendableHere).toBe(200);
  expectOk(await office.split(second));
  // B is apart: five glasses of tea cost 200.
  value(redeem(b, first.memberId, 5));
  await everybodyHears();
  expect(lastVerdict(b)).toBe("flagged AFTER_SPLIT");
  expect(balanceAt(a, first.memberId).balance).toBe(560);
  expect(balanceAt(b, second.memberId).balance).toBe(0);
  expect(await world.admin().verify()).toEqual({ ok: true, damaged: [] });
});

it("26. a split is done once: two who are two already are not parted", async () => {
  const { first, second } = await takenForOne(1, 2);
  expectOk(await office.split(second));
  await expect(office.split(second)).rejects.toThrow("NOT_MERGED");
  expectOk(await office.merge(first, second));
  expect((await office.list()).merged.map(({ merged }) => merged.memberNumber)).toContain(second.memberNumber);
});
