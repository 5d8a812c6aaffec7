import { heldAt } from "../world/held.ts";
import type { Outpost } from "../world/outpost.ts";
import { askTwice, pickMember, said, type Act } from "./act.ts";

/** Asks head office for rights; the same request again brings nothing more. */
export const draw: Act = async (world, station) => {
  const memberId = pickMember(world, station);
  const request = { requestId: world.newId(), memberId, points: world.dice.between(1, world.dice.chance(0.5) ? 30 : 400) };
  const drawn = await askTwice(world, station, (counter) => counter.draw(request));
  if (!drawn.endsWith("done")) return drawn;
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
  return askTwice(world, station, (counter) => counter.decideProposal(request, station.manager));
};

/** A price or a rate changes; stations hear of it when they hear of it. */
export const publish: Act = async (world) => {
  if (!world.host.isRunning()) return "head office is down";
  world.version += 1;
  const { version, dice } = world;
  const published = dice.chance(0.5)
    ? world.publishPlan({ version, costPoints: dice.between(20, 60) })
    : world.publishRule({ version, points: dice.between(1, 2) });
  const outcome = await world.timeline.until(published).catch((cause: unknown) => {
    if (world.host.isRunning()) throw cause;
    return undefined;
  });
  return said(outcome);
};
