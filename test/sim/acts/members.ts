import type { MemberCard } from "#shared/contracts/members.ts";
import type { Outpost } from "../world/outpost.ts";
import type { World } from "../world/world.ts";
import { atCounter, pickMember, type Act } from "./act.ts";

export const isKnownWhole = ({ knownAs }: MemberCard): boolean => knownAs === "workingSet";

/** Somebody corrects what is known of a member; at another counter somebody may be doing the same. */
export const changeMember: Act = (world, station) => change(world, station, world.newId());

/** Head office's program trips over this change; everything else of the station has to go on. */
export const changePoisoned: Act = async (world, station) => {
  const requestId = world.newId();
  world.host.poison.add(requestId);
  const done = await change(world, station, requestId);
  if (done.startsWith("done")) world.befell("operation that head office trips over");
  return done;
};

async function change(world: World, station: Outpost, requestId: string): Promise<string> {
  const { dice } = world;
  const memberId = pickMember(world, station, isKnownWhole);
  const shown = station.counter().getMember({ memberId });
  const newName = dice.pick(["王小明", "王晓明", "王小敏"]) ?? "";
  const newAddress = `解放路 ${dice.between(1, 9)} 号`;
  const isName = dice.chance(0.5);
  if (!shown.ok) return shown.error.code;
  const { name, address } = shown.value;
  const seen = isName ? { name } : { address };
  const changed = isName ? { name: newName } : { address: newAddress };
  const ask = { requestId, memberId, seen, changed };
  return atCounter(world, station, requestId, (counter) => counter.changeMember(ask, station.clerk));
}

/** A manager chooses between two names; at another branch another one may be choosing. */
export const decideReview: Act = async (world, station) => {
  const requestId = world.newId();
  const open = station
    .counter()
    .listReviews(station.manager)
    .reviews.filter(({ state }) => state === "open");
  const review = world.dice.pick(open);
  const decision = world.dice.chance(0.5) ? "accept" : "keep";
  if (!review) return "nothing to choose";
  const { reviewId, round } = review;
  const ask = { requestId, reviewId, round, decision, reason: "looked at the card" } as const;
  return atCounter(world, station, requestId, (counter) => counter.decideReview(ask, station.manager));
};

/** Somebody reads that head office kept another value than theirs, and says theirs again. */
export const sendEditAgain: Act = async (world, station) => {
  const requestId = world.newId();
  const edit = world.dice.pick(station.counter().listEdits().edits);
  if (!edit) return "nothing was kept";
  const { opId } = edit;
  return atCounter(world, station, requestId, (counter) => counter.sendEditAgain({ requestId, opId }, station.clerk));
};
