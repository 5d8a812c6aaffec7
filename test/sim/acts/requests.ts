import type { LoggedOperation } from "#main/app/ports/store.ts";
import { slipOf, writeSlip } from "#shared/domain/operations/slip-number.ts";
import type { Outpost } from "../world/outpost.ts";
import { atCounter, type Act } from "./act.ts";

const isMovement = ({ type }: LoggedOperation): boolean => type === "points.award" || type === "points.redeem";

/** Of the last that this counter printed. */
const slipsOf = ({ replica, log }: Outpost): readonly string[] =>
  log()
    .filter(isMovement)
    .slice(-4)
    .map((entry) => writeSlip(slipOf({ ...entry, replica })));

/** A customer comes with the slip of another counter: the one that wrote it is asked to undo it. */
export const askVoid: Act = async (world, station) => {
  const requestId = world.newId();
  const slips = world.stations.flatMap((other) => (other === station ? [] : slipsOf(other)));
  const slip = world.dice.pick(slips);
  if (slip === undefined) return "nobody has a slip";
  const ask = { requestId, slip, memberId: null, reason: "wrong customer" };
  return atCounter(world, station, requestId, (counter) => counter.askVoid(ask, station.clerk));
};

/** Goods come back to whichever counter is near, some of them or all, and once in a while to two. */
export const askRefund: Act = async (world, station) => {
  const requestId = world.newId();
  const purchase = world.dice.pick(world.purchases);
  const part = world.dice.pick([1, 2, 3]) ?? 1;
  if (!purchase) return "nothing was bought";
  const { receiptNumber, amountFen } = purchase;
  const ask = { requestId, receiptNumber, amountFen: Math.ceil(amountFen / part), reason: "broken" };
  return atCounter(world, station, requestId, (counter) => counter.askRefund(ask, station.clerk));
};

/** Somebody looks at what other counters ask of this one. */
export const answerRequest: Act = async (world, station) => {
  const { dice } = world;
  const requestId = world.newId();
  const waiting = station
    .counter()
    .listRequests()
    .toUs.filter(({ state }) => state === "sent");
  const request = dice.pick(waiting);
  const isAccepted = dice.chance(0.8);
  if (!request) return "nobody asks";
  const { id } = request;
  return atCounter(world, station, requestId, (counter) =>
    isAccepted
      ? counter.acceptRequest({ requestId, id }, station.manager)
      : counter.declineRequest({ requestId, id, reason: "it was right" }, station.manager),
  );
};
