import type { MemberCard } from "#shared/contracts/members.ts";
import { atCounter, pickMember, type Act } from "./act.ts";
import { isKnownWhole } from "./members.ts";

const hasWorkingCard = (member: MemberCard): boolean => isKnownWhole(member) && member.card?.state === "active";

/** The family gets a card too, now and then one that lies in more than one drawer. */
export const issueSubCard: Act = async (world, station) => {
  const { dice, copiedCards, newCardNumber } = world;
  const requestId = world.newId();
  const memberId = pickMember(world, station, hasWorkingCard);
  const number = (dice.chance(0.2) && dice.pick(copiedCards)) || newCardNumber();
  const ask = { requestId, memberId, card: { number }, as: "sub" } as const;
  return atCounter(world, station, requestId, (counter) => counter.issueCard(ask, station.clerk));
};

/** A lost card is replaced, and its sub-cards end with it, also those that another counter hands out meanwhile. */
export const replaceMainCard: Act = async (world, station) => {
  const requestId = world.newId();
  const hasFamily = (member: MemberCard): boolean => hasWorkingCard(member) && member.subCards.some(({ state }) => state === "active");
  const memberId = pickMember(world, station, hasFamily);
  const ask = { requestId, memberId, reason: "lost", newCard: { number: world.newCardNumber() } };
  return atCounter(world, station, requestId, (counter) => counter.blockCard(ask, station.manager));
};
