import { expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import { refusal, value } from "#test/support/counter.ts";
import { minuteMs } from "#test/support/hand-clock.ts";
import type { Outpost } from "#test/sim/world/outpost.ts";
import { twoBranches } from "./support/two-branches.ts";

const places = twoBranches();

function issueSubCard(station: Outpost, memberId: string): string {
  const number = places.world.newCardNumber();
  value(station.counter().issueCard({ requestId: uuidv7(), memberId, card: { number }, as: "sub" }, station.clerk));
  return number;
}

function replaceMainCard(station: Outpost, memberId: string): string {
  const number = places.world.newCardNumber();
  const asked = { requestId: uuidv7(), memberId, reason: "lost", newCard: { number } };
  value(station.counter().blockCard(asked, station.manager));
  return number;
}

const swiped = (station: Outpost, number: string) => value(station.counter().identifyCard({ card: { number } }));

it("20. a sub-card goes on at B until B has heard that its main card was replaced at A: points stay and are flagged, spends stay (K-10)", async () => {
  const { world, a, b, knownAtBoth, award, redeem, memberAt, balanceAt, everybodyHears } = places;
  const { memberId } = await knownAtBoth(900);
  const subCard = issueSubCard(a, memberId);
  await everybodyHears();
  expect(swiped(b, subCard)).toMatchObject({ memberId, swipedCardState: "active", swipedSubCardEndedOn: null });

  const newMain = replaceMainCard(a, memberId);
  expect(swiped(a, subCard)).toMatchObject({ swipedCardState: "blocked", card: { last4: newMain.slice(-4), state: "active" } });
  await a.exchange();
  // An edit is believed to be up to five minutes later than it was heard.
  await world.timeline.advance(10 * minuteMs);
  expect(swiped(b, subCard)).toMatchObject({ swipedCardState: "active" });
  value(award(b, memberId, 30));
  value(redeem(b, memberId, 1));
  const { planId, version: planVersion } = places.planAt(b);
  const taker = { kind: "terminal", name: "POS-1" } as const;
  value(b.counter().hold({ requestId: uuidv7(), memberId, planId, planVersion, quantity: 1, taker }, b.clerk));
  const { balance } = balanceAt(b, memberId);

  await everybodyHears();
  const judged = b.log().slice(-3);
  expect(judged.map(({ state, stateCode }) => `${state} ${stateCode}`)).toEqual(Array(3).fill("flagged AFTER_BLOCK"));
  for (const station of [a, b]) {
    expect(balanceAt(station, memberId).balance).toBe(balance);
    const { swipedSubCardEndedOn, subCards, card } = swiped(station, subCard);
    expect(swipedSubCardEndedOn).toBe(subCards[0]?.blockedOn);
    expect(subCards).toMatchObject([{ last4: subCard.slice(-4), state: "blocked", blockedOn: expect.any(String) }]);
    expect(card).toMatchObject({ last4: newMain.slice(-4), state: "active" });
    expect(memberAt(station, memberId).subCards).toEqual(subCards);
  }
  // With the card that works, nothing is left to look at.
  value(award(b, memberId, 5));
  await b.exchange();
  expect(places.lastVerdict(b)).toBe("applied");
});

it("20. a sub-card that B hands out under a main card replaced at A meanwhile ends as it is heard of, and the new main card has its own", async () => {
  const { world, a, b, knownAtBoth, everybodyHears } = places;
  const { memberId } = await knownAtBoth(20);
  const known = issueSubCard(a, memberId);
  await everybodyHears();
  replaceMainCard(a, memberId);
  await world.timeline.advance(minuteMs);
  const late = issueSubCard(b, memberId);
  await everybodyHears();
  for (const station of [a, b]) {
    for (const ended of [known, late]) expect(swiped(station, ended).swipedCardState).toBe("blocked");
  }
  const next = issueSubCard(b, memberId);
  await everybodyHears();
  for (const station of [a, b]) expect(swiped(station, next)).toMatchObject({ memberId, swipedCardState: "active" });
});

it("20. a sub-card needs a main card that works, stands beside it, and is no second main card (K-01, K-07)", () => {
  const { world, a, join, newPhone } = places;
  const { memberId } = value(a.counter().createMember({ requestId: uuidv7(), name: "李雷", phones: [newPhone()] }, a.clerk));
  const asked = { requestId: uuidv7(), memberId, card: { number: world.newCardNumber() }, as: "sub" } as const;
  expect(refusal(a.counter().issueCard(asked, a.clerk))).toEqual({ code: "NO_MAIN_CARD" });

  const member = join(a);
  const first = { requestId: uuidv7(), memberId: member.memberId, card: { number: world.newCardNumber() }, as: "sub" } as const;
  const issued = value(a.counter().issueCard(first, a.clerk));
  expect(issued).toMatchObject({ card: member.card, subCards: [{ last4: first.card.number.slice(-4), state: "active" }] });
  // The same request again is one sub-card; the same id for a main card is another request.
  expect(value(a.counter().issueCard(first, a.clerk))).toEqual(issued);
  expect(refusal(a.counter().issueCard({ ...first, as: "main" }, a.clerk))).toEqual({ code: "REQUEST_ID_REUSED" });
});
