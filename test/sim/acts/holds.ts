import { atCounter, pickMember, type Act } from "./act.ts";

const taker = { kind: "terminal", name: "terminal 1" } as const;

/** Somebody pays at a terminal: the points are kept back before it is asked. */
export const hold: Act = async (world, station) => {
  const requestId = world.newId();
  const plan = world.dice.pick(station.counter().listPlans());
  if (!plan) return "no plan";
  const { planId, version: planVersion, costPoints } = plan;
  const memberId = pickMember(world, station, ({ balance }) => balance.spendableHere >= costPoints);
  const done = await atCounter(world, station, requestId, (counter) =>
    counter.hold({ requestId, memberId, planId, planVersion, quantity: 1, taker }, station.clerk),
  );
  return `${costPoints} ${done}`;
};

/** The terminal answers, or nobody knows and a manager says what became of it. */
export const endHold: Act = async (world, station) => {
  const { dice } = world;
  const requestId = world.newId();
  const held = dice.pick(station.counter().listHolds().holds);
  const isCarriedOut = dice.chance(0.6);
  const said = dice.chance(0.7)
    ? ({ by: "taker", reference: `T${dice.below(1_000_000)}` } as const)
    : ({ by: "person", reason: "asked the bank" } as const);
  if (!held) return "nothing is held";
  const ending = { requestId, holdId: held.holdId, said };
  const done = await atCounter(world, station, requestId, (counter) =>
    isCarriedOut ? counter.confirmHold(ending, station.manager) : counter.cancelHold(ending, station.manager),
  );
  return `${isCarriedOut ? "confirmed" : "cancelled"} ${done}`;
};
