import type { Dice } from "../world/dice.ts";
import type { Matter } from "../world/matters.ts";
import type { World } from "../world/world.ts";
import type { Act } from "./act.ts";
import { award, blockCard, createMember, issueCard, redeem, undo } from "./counter.ts";
import { damageRow } from "./damage.ts";
import { fence, giveBack } from "./fencing.ts";
import { decide, decideAtHeadOffice, draw, publish } from "./head-office.ts";
import { endHold, hold } from "./holds.ts";
import { confide, confideInRequest, erase, hireSecondAdministrator } from "./erasure.ts";
import { giveStrangeCard, keepPurchase } from "./kept-purchases.ts";
import { changeMember, changePoisoned, decideReview, sendEditAgain } from "./members.ts";
import { askStranger, clearUp, deliverLate, exchange, hangUp, lift, rush, storm } from "./line.ts";
import { merge, split } from "./people.ts";
import { cutPower, endHeadOfficeSoon, endSoon, putBackStation, restartHeadOffice, restoreHeadOffice } from "./power.ts";
import { answerRequest, askRefund, askVoid } from "./requests.ts";
import { issueSubCard, replaceMainCard } from "./sub-cards.ts";
import { nextDay, setClock, wait } from "./time.ts";

type Entry = {
  readonly act: Act;
  readonly weight: number;
  /** Only in companies that have this; in all unless told. */
  readonly of?: Matter;
};

/** All that may happen, and how often beside the rest. A new one is a line at the end, so that the others keep their dice. */
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
  keepPurchase: { act: keepPurchase, weight: 3, of: "keptPurchases" },
  giveStrangeCard: { act: giveStrangeCard, weight: 2, of: "keptPurchases" },
  confide: { act: confide, weight: 2, of: "erasure" },
  confideInRequest: { act: confideInRequest, weight: 1, of: "erasure" },
  erase: { act: erase, weight: 1, of: "erasure" },
  issueSubCard: { act: issueSubCard, weight: 3, of: "subCards" },
  replaceMainCard: { act: replaceMainCard, weight: 2, of: "subCards" },
  damageRow: { act: damageRow, weight: 3, of: "damage" },
} satisfies Record<string, Entry>;

type ActName = keyof typeof acts;
/** How often each act is done in one history. */
export type Likings = Readonly<Record<ActName, number>>;
const names = Object.keys(acts) as ActName[];

/** What a matter needs before the first day. */
const beginnings: Partial<Record<Matter, (world: World) => Promise<void>>> = {
  erasure: hireSecondAdministrator,
};

/** A swarm: each seed has likings of its own, and leaves some things out wholly, so that others have room to meet. */
export function likingsOf(dice: Dice, matters: ReadonlySet<Matter>): Likings {
  const hasMatter = ({ of }: Entry): boolean => of === undefined || matters.has(of);
  const liking = (): number => (dice.chance(0.12) ? 0 : (dice.pick([0.5, 1, 1, 2]) ?? 1));
  return Object.fromEntries(names.map((name) => [name, hasMatter(acts[name]) ? acts[name].weight * liking() : 0])) as Record<
    ActName,
    number
  >;
}

/** A few members whom everybody has heard of, and points in their pockets: histories are short. */
export async function beginWorld(world: World): Promise<void> {
  for (const matter of world.matters) await beginnings[matter]?.(world);
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
