import type { LoggedOperation } from "#main/app/ports/store.ts";
import type { MemberCard } from "#shared/contracts/members.ts";
import type { Counter } from "#main/app/counter.ts";
import type { Operator } from "#shared/domain/staff/roles.ts";
import type { Result } from "#shared/std/result.ts";
import { heldAt } from "./agreement.ts";
import type { Mishaps, Outpost } from "./outpost.ts";
import type { Trouble } from "./unreliable-line.ts";
import type { World } from "./world.ts";

type Outcome = Result<unknown, { readonly code: string }>;
/** Does one thing and says in a few words what came of it. */
type Act = (world: World, station: Outpost) => Promise<string>;

const said = (outcome: Outcome | undefined): string => (outcome === undefined ? "power cut" : outcome.ok ? "done" : outcome.error.code);

/** Once in a while people do it twice: the form is sent again, and nothing more happens. */
function atCounter(world: World, station: Outpost, requestId: string, ask: (counter: Counter) => Outcome): string {
  const first = ask(station.counter());
  note(world, station, requestId);
  if (!world.dice.chance(0.1)) return said(first);
  const before = station.log().length;
  const again = ask(station.counter());
  if (first.ok && !again.ok) throw new Error(`sent twice, and the second time refused with ${again.error.code}`);
  if (first.ok && station.log().length !== before) throw new Error("sent twice, and written twice");
  note(world, station, requestId);
  return `${said(first)}, twice`;
}

function note(world: World, station: Outpost, requestId: string): void {
  const op = station.store().read((view) => view.operations.find(requestId));
  if (op) world.model.note(station.replica, op);
}

/** Mostly somebody the counter has heard of: a stranger is refused and nothing comes of it. */
function pickMember({ dice, memberIds }: World, station: Outpost, isLikely: (member: MemberCard) => boolean = () => true): string {
  const counter = station.counter();
  const likely = memberIds.filter((memberId) => {
    const member = counter.getMember({ memberId });
    return member.ok && isLikely(member.value);
  });
  return dice.pick(dice.chance(0.9) && likely.length > 0 ? likely : memberIds) ?? "";
}

function mishaps({ dice }: World): Mishaps {
  if (dice.chance(0.35)) return { requests: [] };
  if (dice.chance(0.1)) return { requests: [], powerLastsChanges: dice.between(1, 6) };
  const requests = Array.from({ length: dice.between(1, 6) }, () =>
    dice.weighted<Trouble>({
      none: 8,
      requestLost: 1,
      answerLost: 2,
      twice: 2,
      answerCut: 2,
      late: 1,
      powerCutBefore: 0.5,
      powerCutAfter: 0.7,
    }),
  );
  return { requests };
}

const createMember: Act = async (world, station) => {
  const requestId = world.newId();
  const phone = `139${String(world.dice.below(100_000_000)).padStart(8, "0")}`;
  const done = atCounter(world, station, requestId, (counter) =>
    counter.createMember({ requestId, name: "王小明", phones: [phone] }, station.clerk),
  );
  const op = station.store().read((view) => view.operations.find(requestId));
  const memberId = (op?.body.d as { memberId: string } | undefined)?.memberId;
  if (memberId === undefined) return done;
  world.memberIds.push(memberId);
  const issueId = world.newId();
  const card = { number: blankCard(world) };
  return `${done}, card ${atCounter(world, station, issueId, (counter) => counter.issueCard({ requestId: issueId, memberId, card }, station.clerk))}`;
};

/** Some blank cards lie in more than one drawer. */
const blankCard = ({ dice, copiedCards, newCardNumber }: World): string => (dice.chance(0.6) && dice.pick(copiedCards)) || newCardNumber();

const issueCard: Act = async (world, station) => {
  const requestId = world.newId();
  const memberId = pickMember(world, station, ({ card }) => card?.state !== "active");
  const card = { number: blankCard(world) };
  return atCounter(world, station, requestId, (counter) => counter.issueCard({ requestId, memberId, card }, station.clerk));
};

/** A card that somebody else has too is soon found to be wrong. */
const blockCard: Act = async (world, station) => {
  const requestId = world.newId();
  const isCopied = ({ card }: MemberCard): boolean =>
    card?.state === "active" && world.copiedCards.some((number) => number.endsWith(card.last4));
  const memberId = pickMember(world, station, isCopied);
  return atCounter(world, station, requestId, (counter) => counter.blockCard({ requestId, memberId, reason: "lost" }, station.manager));
};

const award: Act = async (world, station) => {
  const { dice, receipts } = world;
  const requestId = world.newId();
  const rule = dice.pick(station.counter().listRules());
  if (!rule) return "no rule";
  const isRepeated = receipts.length > 0 && dice.chance(0.05);
  const receiptNumber = (isRepeated && dice.pick(receipts)) || `R${world.newId()}`;
  receipts.push(receiptNumber);
  const purchase = { receiptNumber, amountFen: dice.between(1, dice.chance(0.2) ? 900 : 150) * 100 };
  const memberId = pickMember(world, station);
  const done = atCounter(world, station, requestId, (counter) =>
    counter.award(
      { requestId, memberId, purchase, ruleId: rule.ruleId, ruleVersion: rule.version },
      dice.chance(0.8) ? station.clerk : station.manager,
    ),
  );
  return `${rule.ruleId} ${purchase.amountFen / 100} ${done}`;
};

const redeem: Act = async (world, station) => {
  const requestId = world.newId();
  const plan = world.dice.pick(station.counter().listPlans());
  if (!plan) return "no plan";
  const quantity = world.dice.between(1, 3);
  const { planId, version: planVersion, costPoints } = plan;
  const memberId = pickMember(world, station, ({ balance }) => balance.spendableHere >= costPoints);
  const done = atCounter(world, station, requestId, (counter) =>
    counter.redeem({ requestId, memberId, planId, planVersion, quantity }, station.clerk),
  );
  return `${quantity * costPoints} ${done}`;
};

const undo: Act = async (world, station) => {
  const requestId = world.newId();
  const movements = station.log().filter(({ type }) => type === "points.award" || type === "points.redeem");
  const original: LoggedOperation | undefined = world.dice.pick(movements.slice(-6));
  if (!original) return "nothing to undo";
  const author: Operator = original.body.by === station.clerk.staffId ? station.clerk : station.manager;
  const undoes = original.opId;
  return atCounter(world, station, requestId, (counter) => counter.voidMovement({ requestId, undoes, reason: "typed twice" }, author));
};

/** Asks head office over a bad line; people press the button again, and the form is still the same. */
async function askTwice(world: World, station: Outpost, ask: (counter: Counter) => Promise<Outcome>): Promise<string> {
  const first = await station.online(mishaps(world), (core) => ask(core.counter));
  if (first?.ok || world.dice.chance(0.3)) return said(first);
  return `${said(first)}, again ${said(await station.ask(ask))}`;
}

const draw: Act = async (world, station) => {
  const memberId = pickMember(world, station);
  const request = { requestId: world.newId(), memberId, points: world.dice.between(1, world.dice.chance(0.5) ? 30 : 400) };
  const drawn = await askTwice(world, station, (counter) => counter.draw(request));
  const before = spendableAt(station, memberId);
  const again = await station.ask((counter) => counter.draw(request));
  if (drawn.endsWith("done") && again?.ok && spendableAt(station, memberId) > before) throw new Error("drawn once, and granted twice");
  return drawn;
};

const spendableAt = (station: Outpost, memberId: string): number =>
  heldAt(station, [memberId]).reduce((sum, { points }) => sum + points, 0);

const decide: Act = async (world, station) => {
  const open = station
    .counter()
    .listProposals()
    .filter(({ state }) => state === "open");
  const proposal = world.dice.pick(open);
  if (!proposal) return "nothing to decide";
  const isApproved = world.dice.chance(0.7);
  const request = {
    requestId: world.newId(),
    proposalId: proposal.proposalId,
    decision: isApproved ? "approve" : "reject",
    reason: isApproved ? null : "not ours",
  } as const;
  return askTwice(world, station, (counter) => counter.decideProposal(request, station.manager));
};

const exchange: Act = async (world, station) => {
  const befalls = mishaps(world);
  await station.exchange(befalls);
  const power = befalls.powerLastsChanges === undefined ? "" : `power lasts ${befalls.powerLastsChanges} changes`;
  return befalls.requests.filter((trouble) => trouble !== "none").join(" ") || power || "no trouble";
};

const exchangeAtOnce: Act = async (world) => {
  await Promise.all(world.stations.map((station) => station.exchange(mishaps(world))));
  return "all at once";
};

const cutPower: Act = async (_world, station) => {
  await station.restart();
  return "";
};

const deliverLate: Act = async (_world, station) => `${await station.line.deliverLate()} arrive`;

const nextDay: Act = async (world) => {
  const days = world.dice.chance(0.7) ? 1 : 33;
  world.nextDay(days);
  return `${days} later`;
};

/** Head office stops in the middle of whatever it did, and starts again; sometimes from a backup, which tells stations to read it anew. */
const restartHeadOffice: Act = async (world) => {
  const isRestored = world.dice.chance(0.5);
  await world.restartHeadOffice(isRestored);
  return isRestored ? "as if restored" : "as it was";
};

/** A price or a rate changes; stations hear of it when they hear of it. */
const publish: Act = async (world) => {
  world.version += 1;
  const { version, dice } = world;
  const published = dice.chance(0.5)
    ? await world.publishPlan({ version, costPoints: dice.between(20, 60) })
    : await world.publishRule({ version, points: dice.between(1, 2) });
  return said(published);
};

const acts = {
  createMember,
  issueCard,
  blockCard,
  award,
  redeem,
  undo,
  draw,
  decide,
  exchange,
  exchangeAtOnce,
  cutPower,
  deliverLate,
  nextDay,
  restartHeadOffice,
  publish,
};
type ActName = keyof typeof acts;

const weights: Readonly<Record<ActName, number>> = {
  createMember: 1.2,
  issueCard: 3,
  blockCard: 2,
  award: 9,
  redeem: 9,
  undo: 3,
  draw: 3,
  decide: 3,
  exchange: 7,
  exchangeAtOnce: 1.5,
  cutPower: 1,
  deliverLate: 1.5,
  nextDay: 1.5,
  restartHeadOffice: 1,
  publish: 0.5,
};

/** A few members whom everybody has heard of, and points in their pockets: histories are short. */
export async function beginWorld(world: World): Promise<void> {
  for (const station of world.stations) {
    await createMember(world, station);
    await award(world, station);
  }
  for (const station of [...world.stations, ...world.stations]) await station.exchange();
}

/** @param tell takes lines of a trace: what is begun, and what came of it */
export async function actAtRandom(world: World, tell: (line: string) => void): Promise<void> {
  const station = world.dice.pick(world.stations);
  if (!station) throw new Error("a world without stations");
  const name = world.dice.weighted(weights);
  tell(`${station.name} ${name}`);
  tell(await acts[name](world, station));
}
