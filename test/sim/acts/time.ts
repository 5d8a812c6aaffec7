import { dayMs, minuteMs } from "#test/support/hand-clock.ts";
import type { Act } from "./act.ts";

/** All computers are asleep over night, or for a holiday. */
export const nextDay: Act = async (world) => {
  const days = world.dice.chance(0.7) ? 1 : 33;
  world.nextDay(days);
  return `${days} later`;
};

export const wait: Act = async (world) => {
  const seconds = world.dice.between(1, 90);
  await world.timeline.advance(seconds * 1000);
  return `${seconds} s`;
};

/** An empty battery, or somebody who plays with the clock. */
export const setClock: Act = async (world, station) => {
  const offMs = world.dice.pick([0, 0, 5 * minuteMs, -5 * minuteMs, 3 * dayMs, -3 * dayMs, 365 * dayMs, -365 * dayMs]) ?? 0;
  if (offMs !== 0) world.befell("clock set wrong");
  station.setClockOff(offMs);
  return `${offMs / minuteMs} min`;
};
