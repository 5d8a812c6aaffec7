import type { LoggedOperation } from "#main/app/ports/store.ts";
import type { MemberCard } from "#shared/contracts/members.ts";
import type { Operator } from "#shared/domain/staff/roles.ts";
import { campaign } from "../world/company.ts";
import type { Outpost } from "../world/outpost.ts";
import type { World } from "../world/world.ts";
import { atCounter, pickMember, type Act } from "./act.ts";

export const createMember: Act = (world, station) => joinWith(world, station);

/** @param number of the card that the new member takes; any blank one unless told */
export async function joinWith(world: World, station: Outpost, number?: string): Promise<string> {
  const requestId = world.newId();
  const phone = `139${String(world.dice.below(100_000_000)).padStart(8, "0")}`;
  const done = await atCounter(world, station, requestId, (counter) =>
    counter.createMember({ requestId, name: "王小明", phones: [phone] }, station.clerk),
  );
  const op = station.store().read((view) => view.operations.find(requestId));
  const memberId = (op?.body.d as { memberId: string } | undefined)?.memberId;
  if (memberId === undefined) return done;
  world.memberIds.push(memberId);
  world.confide(memberId, phone);
  const issueId = world.newId();
  const card = { number: number ?? blankCard(world) };
  const issued = await atCounter(world, station, issueId, (counter) =>
    counter.issueCard({ requestId: issueId, memberId, card }, station.clerk),
  );
  return `${done}, card ${issued}`;
}

/** Some blank cards lie in more than one drawer. */
const blankCard = ({ dice, copiedCards, newCardNumber }: World): string => (dice.chance(0.6) && dice.pick(copiedCards)) || newCardNumber();

export const issueCard: Act = async (world, station) => {
  const requestId = world.newId();
  const memberId = pickMember(world, station, ({ card }) => card?.state !== "active");
  const card = { number: blankCard(world) };
  return atCounter(world, station, requestId, (counter) => counter.issueCard({ requestId, memberId, card }, station.clerk));
};

/** A card that somebody else has too is soon found to be wrong. */
export const blockCard: Act = async (world, station) => {
  const requestId = world.newId();
  const isCopied = ({ card }: MemberCard): boolean =>
    card?.state === "active" && world.copiedCards.some((number) => number.endsWith(card.last4));
  const memberId = pickMember(world, station, isCopied);
  return atCounter(world, station, requestId, (counter) => counter.blockCard({ requestId, memberId, reason: "lost" }, station.manager));
};

/** Something is bought, and the receipt is new, or as likely as told one that was shown before. */
export function buy({ dice, purchases, newId }: World, repeats: number): { readonly receiptNumber: string; readonly amountFen: number } {
  const isRepeated = purchases.length > 0 && dice.chance(repeats);
  const receiptNumber = (isRepeated && dice.pick(purchases)?.receiptNumber) || `R${newId()}`;
  const purchase = { receiptNumber, amountFen: dice.between(1, dice.chance(0.2) ? 900 : 150) * 100 };
  purchases.push(purchase);
  return purchase;
}

export const award: Act = async (world, station) => {
  const { dice } = world;
  const requestId = world.newId();
  const rules = station.counter().listRules();
  const picked = dice.pick(rules.filter(({ budgetHere }) => budgetHere === null));
  if (!picked) return "no rule";
  const purchase = buy(world, 0.05);
  // By the amount and not by the dice: the seeds that are kept go on living what they found.
  const isForCampaign = picked.ruleId === "spend" && purchase.amountFen % 200 === 0;
  const rule = (isForCampaign && rules.find(({ ruleId }) => ruleId === campaign.ruleId)) || picked;
  const memberId = pickMember(world, station);
  const by = dice.chance(0.8) ? station.clerk : station.manager;
  const done = await atCounter(world, station, requestId, (counter) =>
    counter.award({ requestId, memberId, purchase, ruleId: rule.ruleId, ruleVersion: rule.version }, by),
  );
  return `${rule.ruleId} ${purchase.amountFen / 100} ${done}`;
};

export const redeem: Act = async (world, station) => {
  const requestId = world.newId();
  const plan = world.dice.pick(station.counter().listPlans());
  if (!plan) return "no plan";
  const quantity = world.dice.between(1, 3);
  const { planId, version: planVersion, costPoints } = plan;
  const memberId = pickMember(world, station, ({ balance }) => balance.spendableHere >= costPoints);
  const done = await atCounter(world, station, requestId, (counter) =>
    counter.redeem({ requestId, memberId, planId, planVersion, quantity }, station.clerk),
  );
  return `${quantity * costPoints} ${done}`;
};

export const undo: Act = async (world, station) => {
  const requestId = world.newId();
  const movements = station.log().filter(({ type }) => type === "points.award" || type === "points.redeem");
  const original: LoggedOperation | undefined = world.dice.pick(movements.slice(-6));
  if (!original) return "nothing to undo";
  const author: Operator = original.body.by === station.clerk.staffId ? station.clerk : station.manager;
  const undoes = original.opId;
  return atCounter(world, station, requestId, (counter) => counter.voidMovement({ requestId, undoes, reason: "typed twice" }, author));
};
