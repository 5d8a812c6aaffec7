import { isDeepStrictEqual } from "node:util";
import { safe } from "@orpc/client";
import { assertNever } from "#shared/std/assert-never.ts";
import type { MemberCard } from "#shared/contracts/members.ts";
import type { RedeemInput } from "#shared/contracts/redemption.ts";
import { systemRandom } from "#main/system/random.ts";
import { untilStatus, type Branch } from "./branch.ts";
import { branchNames, cardNumberOf, voucherPoints, type BranchName, type Company } from "./company.ts";
import type { Act, DayPlan, PlannedMember } from "./day-plan.ts";
import { expect } from "./expect.ts";
import { settle } from "./settle.ts";

export type Branches = Readonly<Record<BranchName, Branch>>;
export type ServedMember = { readonly memberId: string; readonly memberNumber: string; readonly cardNumber: string };
export type Refused = { readonly code: string; readonly station: BranchName };
/** Tells a person what goes on. */
export type Say = (line: string) => void;

type Day = {
  readonly branches: Branches;
  readonly company: Company;
  readonly members: readonly ServedMember[];
  readonly refusals: Refused[];
  readonly say: Say;
  /** What a member could not redeem because the points were not approved: quantities by member. */
  readonly wishes: Map<number, number>;
  readonly nextReceipt: (at: BranchName) => string;
};

/** Enters the members at their home branches, each with the card that was drawn through the reader there. */
export async function enterMembers(branches: Branches, planned: readonly PlannedMember[], say: Say): Promise<readonly ServedMember[]> {
  const served: ServedMember[] = [];
  for (const { home, name, phones } of planned) {
    const { station, stationNumber, swipe } = branches[home];
    const { memberId, memberNumber } = await station.members.create({ requestId: systemRandom.uuid(), name, phones });
    const cardNumber = cardNumberOf(stationNumber, served.length + 1);
    const blank = await swipe(cardNumber);
    expect(blank.type === "cardRefused" && blank.cardHandle !== null, "a blank card can be issued");
    await station.cards.issue({ requestId: systemRandom.uuid(), memberId, card: { handle: blank.cardHandle } });
    served.push({ memberId, memberNumber, cardNumber });
    say(`${home}: ${name} joins as ${memberNumber}`);
  }
  await settle(Object.values(branches));
  return served;
}

/**
 * Plays the acts of a day, with both lines cut in the middle of it.
 *
 * @returns what was refused, in order
 * @throws CommandFailure `DEMO_WENT_WRONG` when a station does what it must not, or refuses what it must grant
 */
export async function playDay(
  plan: DayPlan,
  at: { readonly branches: Branches; readonly company: Company; readonly members: readonly ServedMember[]; readonly say: Say },
): Promise<readonly Refused[]> {
  const { branches, say } = at;
  let receipts = 0;
  const nextReceipt = (branch: BranchName): string => `${branches[branch].stationNumber}-${String((receipts += 1)).padStart(4, "0")}`;
  const day: Day = { ...at, refusals: [], wishes: new Map(), nextReceipt };
  const both = branchNames.map((name) => branches[name]);

  for (const act of plan.morning) await playAct(day, act);
  await settle(both);

  say(`-- both lines are cut, for ${plan.outage.length} acts`);
  for (const { cable } of both) cable.cut();
  for (const { station } of both) await untilStatus(station, ({ sync }) => sync.line === "offline");
  for (const act of plan.outage) await playAct(day, act);
  for (const { station } of both) expect((await station.station.status()).sync.line !== "online", "the lines stay cut");

  say("-- the lines are back");
  for (const { cable } of both) cable.restore();
  await settle(both);
  for (const act of plan.evening) await playAct(day, act);
  await settle(both);
  return day.refusals;
}

async function playAct(day: Day, act: Act): Promise<void> {
  const branch = day.branches[act.at];
  const card = await swipeMember(day, branch, act.member);
  switch (act.kind) {
    case "award":
      await award(day, branch, card, act.amountFen);
      break;
    case "redeem":
      await redeemShare(day, branch, card, act.share);
      break;
    case "overspend":
      await refuseRedemption(day, branch, card, Math.floor((card.balance.balance ?? 0) / voucherPoints));
      break;
    case "undoAward":
      await undo(day, branch, card, await award(day, branch, card, act.amountFen));
      break;
    case "undoRedemption":
      await undo(day, branch, card, await redeemShare(day, branch, card, act.share));
      break;
    case "doubleAward":
      await doubleAward(day, branch, act);
      break;
    case "propose":
      await propose(day, branch, card, act);
      break;
    case "approve":
      await approve(day, branch, card, act.member);
      break;
    default:
      assertNever(act);
  }
}

async function swipeMember({ members }: Day, branch: Branch, member: number): Promise<MemberCard> {
  const served = members[member];
  const shown = await branch.swipe(served?.cardNumber ?? "");
  expect(shown.type === "cardRead" && shown.card.memberId === served?.memberId, `the card at ${branch.name} brings up its member`);
  return shown.card;
}

const purchase = ({ nextReceipt, company }: Day, { name }: Branch, { memberId }: MemberCard, amountFen: number) => ({
  requestId: systemRandom.uuid(),
  memberId,
  purchase: { receiptNumber: nextReceipt(name), amountFen },
  ruleId: company.purchaseRule,
  ruleVersion: 1,
});

async function award(day: Day, branch: Branch, card: MemberCard, amountFen: number): Promise<string> {
  const { opId, points } = await branch.station.points.award(purchase(day, branch, card, amountFen));
  day.say(`${branch.name}: ${card.memberNumber} +${points}`);
  return opId;
}

const redemption = ({ company }: Day, { memberId }: MemberCard, quantity: number): RedeemInput => ({
  requestId: systemRandom.uuid(),
  memberId,
  planId: company.voucherPlan,
  planVersion: 1,
  quantity,
});

/** @returns the operation; undefined when the share is less than the cheapest gift, so that nothing was asked for */
async function redeemShare(day: Day, branch: Branch, card: MemberCard, share: number): Promise<string | undefined> {
  const quantity = Math.floor((card.balance.spendableHere * share) / voucherPoints);
  if (quantity === 0) return undefined;
  const { opId, points } = await branch.station.redemption.redeem(redemption(day, card, quantity));
  day.say(`${branch.name}: ${card.memberNumber} ${points}`);
  return opId;
}

async function refuseRedemption(day: Day, branch: Branch, card: MemberCard, quantity: number): Promise<void> {
  const wanted = quantity * voucherPoints;
  expect(wanted > card.balance.spendableHere, `${wanted} points are more than ${branch.name} may spend`);
  const { error, isDefined } = await safe(branch.station.redemption.redeem(redemption(day, card, quantity)));
  expect(isDefined && error.code === "INSUFFICIENT_POINTS", `${wanted} points are refused at ${branch.name} for want of points`);
  day.refusals.push({ code: error.code, station: branch.name });
  day.say(`${branch.name}: ${card.memberNumber} wants ${wanted}, may spend ${error.data.spendableHere} here: refused`);
}

async function undo(day: Day, { name, station }: Branch, card: MemberCard, undoes: string | undefined): Promise<void> {
  if (undoes === undefined) return;
  const { points } = await station.points.void({ requestId: systemRandom.uuid(), undoes, reason: "rung up by mistake" });
  day.say(`${name}: ${card.memberNumber} ${points > 0 ? "+" : ""}${points}, undone`);
}

async function doubleAward(day: Day, branch: Branch, { member, amountFen }: Extract<Act, { kind: "doubleAward" }>): Promise<void> {
  const card = await swipeMember(day, branch, member);
  const asked = purchase(day, branch, card, amountFen);
  const first = await branch.station.points.award(asked);
  const before = await branch.station.points.balances({});
  expect(isDeepStrictEqual(await branch.station.points.award(asked), first), "the same request gets the first answer again");
  expect(isDeepStrictEqual(await branch.station.points.balances({}), before), "the same request changes nothing again");
  day.say(`${branch.name}: ${card.memberNumber} +${first.points}, asked twice and given once`);
}

async function propose(
  day: Day,
  branch: Branch,
  card: MemberCard,
  { member, amountFen }: Extract<Act, { kind: "propose" }>,
): Promise<void> {
  const contract = { ...purchase(day, branch, card, amountFen), ruleId: day.company.contractRule };
  const proposed = await branch.station.points.award(contract);
  expect(proposed.isProposal && proposed.member.balance.proposed >= proposed.points, "a contract makes a proposal");
  day.say(`${branch.name}: ${card.memberNumber} +${proposed.points} proposed`);
  const quantity = Math.floor((proposed.member.balance.spendableHere + proposed.points) / voucherPoints);
  await refuseRedemption(day, branch, proposed.member, quantity);
  day.wishes.set(member, quantity);
}

async function approve(day: Day, branch: Branch, { memberId, memberNumber }: MemberCard, member: number): Promise<void> {
  const office = await branch.as(branch.manager);
  const proposal = (await office.points.proposals()).find((each) => each.memberId === memberId && each.state === "open");
  expect(proposal !== undefined, "the manager finds the proposal");
  const { proposalId } = proposal;
  await office.points.decideProposal({ requestId: systemRandom.uuid(), proposalId, decision: "approve", reason: null });
  day.say(`${branch.name}: ${memberNumber} +${proposal.points} approved`);
  const card = await swipeMember(day, branch, member);
  const { points } = await branch.station.redemption.redeem(redemption(day, card, day.wishes.get(member) ?? 0));
  day.say(`${branch.name}: ${memberNumber} ${points}, what was refused before the approval`);
}
