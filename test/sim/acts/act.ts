import type { Counter } from "#main/app/counter.ts";
import type { MemberCard } from "#shared/contracts/members.ts";
import type { Result } from "#shared/std/result.ts";
import type { Outpost } from "../world/outpost.ts";
import type { World } from "../world/world.ts";

export type Outcome = Result<unknown, { readonly code: string }>;
/** Does one thing and says in a few words what came of it. */
export type Act = (world: World, station: Outpost) => Promise<string>;

const powerCut = "power cut";
export const said = (outcome: Outcome | undefined): string => (outcome === undefined ? powerCut : outcome.ok ? "done" : outcome.error.code);

/** @returns undefined when the power went while it was asked */
function attempt(station: Outpost, ask: (counter: Counter) => Outcome): Outcome | undefined {
  try {
    return ask(station.counter());
  } catch (cause) {
    if (station.isOff()) return undefined;
    throw cause;
  }
}

function note(world: World, station: Outpost, requestId: string, isAcknowledged: boolean): void {
  const op = station.store().read((view) => view.operations.find(requestId));
  if (op) world.model.note(station.replica, op, isAcknowledged);
}

/** What a counter is asked; after a power cut, and once in a while without one, people send the form again, and it happens once. */
export async function atCounter(world: World, station: Outpost, requestId: string, ask: (counter: Counter) => Outcome): Promise<string> {
  const first = attempt(station, ask);
  if (first === undefined) await station.restart();
  note(world, station, requestId, first?.ok ?? false);
  if (!world.dice.chance(first === undefined ? 0.7 : 0.1)) return said(first);
  const before = station.log().length;
  const again = attempt(station, ask);
  if (again === undefined) await station.restart();
  else if (first?.ok && !again.ok) throw new Error(`sent twice, and the second time refused with ${again.error.code}`);
  else if (first?.ok && station.log().length !== before) throw new Error("sent twice, and written twice");
  if (first?.ok) world.befell("sent twice");
  note(world, station, requestId, again?.ok ?? false);
  return `${said(first)}, again ${said(again)}`;
}

/** Asks head office; people press the button again, and the form is still the same. */
export async function askTwice(world: World, station: Outpost, ask: (counter: Counter) => Promise<Outcome>): Promise<string> {
  const once = async (): Promise<Outcome | undefined> => {
    const answer = await world.timeline.until(ask(station.counter())).catch((cause: unknown) => {
      if (station.isOff()) return undefined;
      throw cause;
    });
    if (!station.isOff()) return answer;
    await station.restart();
    return undefined;
  };
  const first = await once();
  if (first?.ok || world.dice.chance(0.3)) return said(first);
  return `${said(first)}, again ${said(await once())}`;
}

/** Mostly somebody the counter has heard of: a stranger is refused and nothing comes of it. */
export function pickMember({ dice, memberIds }: World, station: Outpost, isLikely: (member: MemberCard) => boolean = () => true): string {
  const counter = station.counter();
  const likely = memberIds.filter((memberId) => {
    const member = counter.getMember({ memberId });
    return member.ok && isLikely(member.value);
  });
  return dice.pick(dice.chance(0.9) && likely.length > 0 ? likely : memberIds) ?? "";
}
