import type { Moment } from "#main/app/ports/probe.ts";
import { copyOf } from "../world/station-files.ts";
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

/** Head office's disk is put back as it was a moment ago: nothing is lost but what was under way, and stations read everything anew. */
export const restoreHeadOffice: Act = async (world) => {
  world.befell("head office restored");
  await world.restoreHeadOffice();
  return "as it was a moment ago";
};

/**
 * Somebody keeps a copy of a station's database, and later puts it back. Where the mirror journal is on another disk, it gives back what the
 * copy lacks. Where the whole computer is as it was, journal and all, only head office can tell, and is asked before anybody is served.
 */
export const putBackStation: Act = async (world, station) => {
  if (!station.hasMirror && !world.host.isRunning()) return "head office is down";
  const before = new Set(station.log().map(({ opId }) => opId));
  const copy = world.copies.get(station.name);
  if (copy === undefined || world.dice.chance(0.3)) {
    world.copies.set(station.name, station.backUp());
    return "copied";
  }
  await station.putBack(copyOf(copy), false);
  const after = new Set(station.log().map(({ opId }) => opId));
  const inbox = new Set((await world.books.inbox()).map(({ opId }) => opId));
  const lost = [...before].filter((opId) => !after.has(opId) && !inbox.has(opId));
  if (station.hasMirror && lost.length > 0) throw new Error(`the mirror journal lost ${lost.join(" ")}`);
  world.befell(station.hasMirror ? "database put back, mirror journal intact" : "whole computer put back");
  world.model.forget(lost);
  if (!station.hasMirror) {
    // A copy from before the life that now begins is another computer's in head office's eyes, and has to be enrolled anew.
    world.copies.delete(station.name);
    station.endNever();
    station.line.clearUp();
    station.line.up();
    await world.timeline.until(station.exchangeNow());
  }
  return `${before.size - after.size} are not in it, ${lost.length} are lost`;
};

/** Head office will die between two statements, and be started again some minutes later. */
export const endHeadOfficeSoon: Act = async (world) => {
  const questions = world.dice.below(60);
  world.endHeadOfficeIn(questions);
  return `in ${questions} questions`;
};
