import { expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import type { ActType, InputOf } from "#shared/contracts/acts/act-type.ts";
import { listQueueAct, refuseEntryAct, releaseEntryAct } from "#shared/contracts/acts/queue.ts";
import type { Operator } from "#shared/domain/staff/roles.ts";
import type { Outpost } from "#test/sim/world/outpost.ts";
import { value } from "#test/support/counter.ts";
import { twoBranches } from "./support/two-branches.ts";

const places = twoBranches();

/** Somebody who is on nobody's list of staff and has got around the sign-in of the program. */
const intruder = (): Operator => ({ staffId: uuidv7(), userName: "x", displayName: "x", role: "manager", branchId: null });
/** As the station writes it when the intruder, and not the clerk, is signed in. */
const as = (station: Outpost, clerk: Operator): Outpost => Object.create(station, { clerk: { value: clerk } }) as Outpost;

const decide = <A extends ActType>(act: A, input: Omit<InputOf<A>, "requestId">) =>
  places.world
    .admin()
    .act(places.world.company.administrator, act, { ...(act.isQuestion ? {} : { requestId: uuidv7() }), ...input } as InputOf<A>);
const queue = async () => value(await decide(listQueueAct, {}));
const states = (station: Outpost, last: number) =>
  station
    .log()
    .slice(-last)
    .map(({ state, stateCode }) => `${state} ${stateCode ?? ""}`.trim());

it("32. what nobody with a right can have written has no effect, goods that are gone are paid for, and the station is watched", async () => {
  const { a, join, award, redeem, balanceAt } = places;
  const { memberId } = join(a);
  value(award(a, memberId, 200));
  await a.exchange();
  expect((await queue()).watched).toEqual([]);

  value(redeem(as(a, intruder()), memberId, 1));
  value(award(as(a, intruder()), join(a).memberId, 60));
  await a.exchange();

  expect(states(a, 4)).toEqual(["flagged NEVER_PERMITTED", "applied", "applied", "quarantined NEVER_PERMITTED"]);
  expect(balanceAt(a, memberId).balance).toBe(200 - places.planAt(a).costPoints);
  const { quarantined, watched } = await queue();
  expect(watched).toEqual([{ replica: a.replica, branch: "分店A", entries: 2 }]);
  expect(quarantined.lines).toMatchObject([{ branch: "分店A", type: "points.award", points: 60, by: null, code: "NEVER_PERMITTED" }]);
});

it("32. an administrator refuses it with a reason, and the counter reads that, keeps nothing of it and serves on", async () => {
  const { a, join, award, redeem, balanceAt } = places;
  const { memberId } = join(a);
  value(award(a, memberId, 30));
  value(award(as(a, intruder()), memberId, 170));
  value(redeem(a, memberId, 1));
  await a.exchange();
  expect(states(a, 3)).toEqual(["applied", "quarantined NEVER_PERMITTED", "parked WAITS_BEHIND"]);
  const before = a.incarnation;

  const held = (await queue()).quarantined.lines.find(({ points }) => points === 170);
  if (!held) throw new Error("it is held back");
  const { replica, incarnation, seq } = held;
  expect(value(await decide(refuseEntryAct, { replica, incarnation, seq, reason: "查无此人" }))).toMatchObject({ others: 1 });
  await a.exchange();
  await a.exchange();

  expect(a.counter().exchangeEntries({ state: "refused" }).lines).toMatchObject([
    { points: 170, code: "NEVER_PERMITTED", decision: { reason: "查无此人" } },
    { decision: { reason: "查无此人" } },
  ]);
  // What it had counted as its own, head office had not: the station goes on as another life, with what head office knows of.
  expect(a.incarnation).not.toBe(before);
  await a.exchange();
  expect(balanceAt(a, memberId)).toMatchObject({ balance: 30, spendableHere: 30 });
});

it("32. whoever may do it after all is answered for, and the customer has the points", async () => {
  const { a, join, award, balanceAt } = places;
  const { memberId } = join(a);
  value(award(as(a, intruder()), memberId, 45));
  await a.exchange();
  const held = (await queue()).quarantined.lines.find(({ points }) => points === 45);
  if (!held) throw new Error("it is held back");
  const { replica, incarnation, seq } = held;
  value(await decide(releaseEntryAct, { replica, incarnation, seq, reason: "新来的店长", isVouchedFor: true }));
  await a.exchange();
  expect(places.lastVerdict(a)).toBe("flagged NEVER_PERMITTED");
  expect(balanceAt(a, memberId)).toMatchObject({ balance: 45, spendableHere: 45 });
});
