import type { World } from "../world/world.ts";
import { atCounter, pickMember, type Act } from "./act.ts";
import { buy, joinWith } from "./counter.ts";

const strangersMax = 4;

/** Somebody shows a card of ours that this counter knows nobody for: another branch gave it out, or nobody has yet. */
export const keepPurchase: Act = async (world, station) => {
  const { dice } = world;
  const requestId = world.newId();
  const rule = dice.pick(station.counter().listRules());
  const number = strangerOf(world);
  const purchase = buy(world, 0.3);
  if (!rule) return "no rule";
  const { ruleId, version: ruleVersion } = rule;
  const ask = { requestId, card: { number }, purchase, ruleId, ruleVersion };
  const done = await atCounter(world, station, requestId, (counter) => counter.keepPurchase(ask, station.clerk));
  if (done.startsWith("done")) world.befell("purchase with a card nobody knew");
  return `${ruleId} ${purchase.amountFen / 100} ${done}`;
};

function strangerOf({ dice, strangeCards, newCardNumber }: World): string {
  const one = strangeCards.length < strangersMax || dice.chance(0.1) ? newCardNumber() : undefined;
  if (one !== undefined) strangeCards.push(one);
  return one ?? dice.pick(strangeCards) ?? newCardNumber();
}

/** Such a card finds somebody: a new member, or one who had none. */
export const giveStrangeCard: Act = async (world, station) => {
  const { dice } = world;
  const number = dice.pick(world.strangeCards);
  if (number === undefined) return "no card is waiting";
  if (dice.chance(0.7)) return joinWith(world, station, number);
  const requestId = world.newId();
  const memberId = pickMember(world, station, ({ card }) => card?.state !== "active");
  return atCounter(world, station, requestId, (counter) => counter.issueCard({ requestId, memberId, card: { number } }, station.clerk));
};
