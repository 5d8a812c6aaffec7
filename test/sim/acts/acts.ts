import type { Dice } from "../world/dice.ts";
import type { World } from "../world/world.ts";
import type { Act } from "./act.ts";
import { award, blockCard, createMember, issueCard, redeem, undo } from "./counter.ts";
import { fence, giveBack } from "./fencing.ts";
import { decide, decideAtHeadOffice, draw, publish } from "./head-office.ts";
import { endHold, hold } from "./holds.ts";
import { changeMember, changePoisoned, decideReview, sendEditAgain } from "./members.ts";
import { askStranger, clearUp, deliverLate, exchange, hangUp, lift, rush, storm } from "./line.ts";
import { merge, split } from "./people.ts";
import { cutPower, endHeadOfficeSoon, endSoon, putBackStation, restartHeadOffice, restoreHeadOffice } from "./power.ts";
import { answerRequest, askRefund, askVoid } from "./requests.ts";
import { nextDay, setClock, wait } from "./time.ts";

type Entry = { readonly act: Act; readonly weight: number };

/** All that may happen, and how often beside the rest. A new one is a line. */
const acts = {
  createMember: { act: createMember, weight: 1.2 },
  issueCard: { act: issueCard, weight: 3 },
  blockCard: { act: blockCard, weight: 2 },
  changeMember: { act: changeMember, weight: 3 },
  changePoisoned: { act: changePoisoned, weight: 0.7 },
  decideReview: { act: decideReview, weight: 2 },
  sendEditAgain: { act: sendEditAgain, weight: 1 },
  award: { act: award, weight: 9 },
  redeem: { act: redeem, weight: 9 },
  undo: { act: undo, weight: 3 },
  hold: { act: hold, weight: 2 },
  endHold: { act: endHold, weight: 2 },
  askVoid: { act: askVoid, weight: 1.5 },
  askRefund: { act: askRefund, weight: 1.5 },
  answerRequest: { act: answerRequest, weight: 2 },
  draw: { act: draw, weight: 3 },
  decide: { act: decide, weight: 3 },
  decideAtHeadOffice: { act: decideAtHeadOffice, weight: 1.5 },
  fence: { act: fence, weight: 0.6 },
  giveBack: { act: giveBack, weight: 1 },
  merge: { act: merge, weight: 1.5 },
  split: { act: split, weight: 1 },
  publish: { act: publish, weight: 0.5 },
  exchange: { act: exchange, weight: 3 },
  lift: { act: lift, weight: 4 },
  hangUp: { act: hangUp, weight: 4 },
  askStranger: { act: askStranger, weight: 0.5 },
  rush: { act: rush, weight: 1.5 },
  storm: { act: storm, weight: 3 },
  clearUp: { act: clearUp, weight: 1.5 },
  deliverLate: { act: deliverLate, weight: 1 },
  wait: { act: wait, weight: 3 },
  nextDay: { act: nextDay, weight: 1.5 },
  setClock: { act: setClock, weight: 0.3 },
  cutPower: { act: cutPower, weight: 1 },
  endSoon: { act: endSoon, weight: 2 },
  restartHeadOffice: { act: restartHeadOffice, weight: 0.7 },
  restoreHeadOffice: { act: restoreHeadOffice, weight: 0.4 },
  putBackStation: { act: putBackStation, weight: 2 },
  endHeadOfficeSoon: { act: endHeadOfficeSoon, weight: 1.5 },
} satisfies Record<string, Entry>;

type ActName = keyof typeof acts;
/** How often each act is done in one history. */
export type Likings = Readonly<Record<ActName, number>>;
const names = Object.keys(acts) as ActName[];

/** A swarm: each seed has likings of its own, and leaves some things out wholly, so that others have room to meet. */
export function likingsOf(dice: Dice): Likings {
  const liking = (): number => (dice.chance(0.12) ? 0 : (dice.pick([0.5, 1, 1, 2]) ?? 1));
  return Object.fromEntries(names.map((name) => [name, acts[name].weight * liking()])) as Record<ActName, number>;
}

/** A few members whom everybody has heard of, and points in their pockets: histories are short. */
export async function beginWorld(world: World): Promise<void> {
  for (const station of world.stations) {
    await createMember(world, station);
    await award(world, station);
  }
  for (const station of [...world.stations, ...world.stations]) await station.exchange();
}

/** @param tell takes a line of a trace: what was done, and what came of it */
export async function actAtRandom(world: World, likings: Likings, tell: (line: string) => void): Promise<void> {
  const station = world.dice.pick(world.stations);
  if (!station) throw new Error("a world without stations");
  const name = world.dice.weighted(likings);
  tell(`${station.name} ${name}`);
  tell(await acts[name].act(world, station));
}
