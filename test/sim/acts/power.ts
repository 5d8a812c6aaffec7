import type { Moment } from "#main/app/ports/probe.ts";
import type { Act } from "./act.ts";

const moments: readonly Moment[] = ["beforeCommit", "afterCommit", "afterJournal", "afterSend", "midPage"];

export const cutPower: Act = async (world, station) => {
  world.befell("station power cut");
  const wasUp = station.line.isUp();
  await station.restart();
  if (wasUp) station.line.up();
  return "";
};

/** The power will go in the middle of whatever this station does next. */
export const endSoon: Act = async (world, station) => {
  const moment = world.dice.pick(moments) ?? "beforeCommit";
  station.endAt(moment, world.dice.below(6));
  return moment;
};

export const restartHeadOffice: Act = async (world) => {
  world.befell("head office killed");
  await world.restartHeadOffice();
  return "as it was";
};

/** Head office will die between two statements, and be started again some minutes later. */
export const endHeadOfficeSoon: Act = async (world) => {
  const questions = world.dice.below(60);
  world.endHeadOfficeIn(questions);
  return `in ${questions} questions`;
};
