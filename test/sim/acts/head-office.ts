import { heldAt } from "../world/held.ts";
import type { Outpost } from "../world/outpost.ts";
import type { World } from "../world/world.ts";
import { askTwice, pickMember, said, type Act, type Outcome } from "./act.ts";

/** Asks head office for rights; the same request again brings nothing more. */
export const draw: Act = async (world, station) => {
  const memberId = pickMember(world, station);
  const request = { requestId: world.newId(), memberId, points: world.dice.between(1, world.dice.chance(0.5) ? 30 : 400) };
  const drawn = await askTwice(world, station, (counter) => counter.draw(request));
  // What head office hears from a station leads to grants that nobody asked for.
  if (!drawn.endsWith("done") || station.status().sync.waitingOperations > 0) return drawn;
  const before = spendableAt(station, memberId);
  await askTwice(world, station, (counter) => counter.draw(request));
  if (spendableAt(station, memberId) > before) throw new Error("drawn once, and granted twice");
  return drawn;
};

const spendableAt = (station: Outpost, memberId: string): number =>
  heldAt(station, [memberId]).reduce((sum, { points }) => sum + points, 0);

export const decide: Act = async (world, station) => {
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
  const decided = await askTwice(world, station, (counter) => counter.decideProposal(request, station.manager));
  if (!decided.endsWith("done")) return decided;
  const again = await askTwice(world, station, (counter) => counter.decideProposal(request, station.manager));
  if (!/done|power cut|NEEDS_HEAD_OFFICE/.test(again))
    throw new Error(`decided once, and the same decision was then refused with ${again}`);
  return decided;
};

/** The administrator decides whatever lies with head office, while the counters may be deciding too. */
export const decideAtHeadOffice: Act = async (world) => {
  if (!world.host.isRunning()) return "head office is down";
  // What head office itself proposes, where a newer rule gives more, the model knows nothing of.
  const proposal = world.dice.pick((await world.books.openProposals()).filter((id) => world.model.proposals.has(id)));
  if (proposal === undefined) return "nothing to decide";
  const decision = { requestId: world.newId(), proposalId: proposal, decision: "approve", reason: null } as const;
  return said(await unlessItDies(world, () => world.decideAtHeadOffice(decision)));
};

/** @returns undefined when head office died of it */
export const unlessItDies = <T>(world: World, work: () => Promise<T>): Promise<T | undefined> =>
  world.timeline.until(work()).catch((cause: unknown) => {
    if (world.host.isRunning()) throw cause;
    return undefined;
  });

/** A price or a rate changes; stations hear of it when they hear of it. */
export const publish: Act = async (world) => {
  if (!world.host.isRunning()) return "head office is down";
  world.version += 1;
  const { version, dice } = world;
  const isPlan = dice.chance(0.5);
  const costPoints = dice.between(20, 60);
  const points = dice.between(1, 2);
  const publishing = (): Promise<Outcome> => (isPlan ? world.publishPlan({ version, costPoints }) : world.publishRule({ version, points }));
  return said(await unlessItDies(world, publishing));
};
