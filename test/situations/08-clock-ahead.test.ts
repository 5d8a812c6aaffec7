import { afterEach, beforeAll, expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import { isUnspent } from "#shared/domain/ledger/lots.ts";
import { refusal, value } from "#test/support/counter.ts";
import { dayMs } from "#test/support/hand-clock.ts";
import { twoBranches } from "./support/two-branches.ts";

const places = twoBranches();
let firstMorningMs = 0;
beforeAll(() => {
  firstMorningMs = places.world.timeline.nowMs();
});
afterEach(() => places.a.setClockOff(0));

it("8. a counter whose clock ran ahead says so, gives nothing back by it, and what it awards is looked at", async () => {
  const { a, join, award, balanceAt } = places;
  const { memberId } = join(a);
  value(award(a, memberId, 80, { ruleId: "brief" }));
  await a.exchange();
  a.setClockOff(60 * dayMs);
  expect(a.status().clock).toMatchObject({ isInDoubt: true, offByMs: 60 * dayMs });
  value(award(a, memberId, 10));
  await a.exchange();
  expect(a.log().at(-1)).toMatchObject({ type: "points.award", state: "flagged", stateCode: "DATE_DIFFERS" });
  a.setClockOff(0);
  expect(a.status().clock.isInDoubt).toBe(false);
  expect(balanceAt(a, memberId)).toMatchObject({ balance: 90, spendableHere: 90 });
});

const stuck = () => {
  const since = places.world.timeline.nowMs();
  return { turn: () => places.a.setClockOff(since - places.world.timeline.nowMs()) };
};
const wrongClocks: [name: string, begin: () => { turn: () => void }][] = [
  ["a year ahead", () => ({ turn: () => places.a.setClockOff(365 * dayMs) })],
  ["a year behind", () => ({ turn: () => places.a.setClockOff(-365 * dayMs) })],
  ["stuck", stuck],
  ["running backwards", () => ({ turn: () => places.a.setClockOff(2 * (firstMorningMs - places.world.timeline.nowMs())) })],
];

it.each(wrongClocks)("8. no points expire and none become spendable by a clock that is %s", async (_name, begin) => {
  const { world, a, join, award, balanceAt, everybodyHears } = places;
  const { memberId } = join(a);
  value(award(a, memberId, 80, { ruleId: "brief" }));
  value(award(a, memberId, 700, { ruleId: "spend" }));
  value(award(a, memberId, 9, { ruleId: "branch" }));
  await everybodyHears();
  const { turn } = begin();
  const proposal = a
    .counter()
    .listProposals()
    .find((each) => each.memberId === memberId);
  for (let day = 0; day < 3; day += 1) {
    world.nextDay();
    turn();
    // With and without the reference of a head office heard in this run.
    if (day === 1) await a.restart();
    await everybodyHears();
    await world.host.office().runJobs();
    await everybodyHears();
  }
  expect(a.status().clock.isInDoubt).toBe(true);
  const asked = { requestId: uuidv7(), proposalId: proposal?.proposalId ?? "", decision: "approve" as const, reason: null };
  expect(refusal(await a.counter().decideProposal(asked, a.manager))).toMatchObject({ code: "CLOCK_IN_DOUBT" });
  const { accounts } = await world.books.unspent([memberId]);
  expect(accounts.reduce((sum, { holder, amount }) => sum + (isUnspent(holder) ? amount : 0), 0)).toBe(780);
  a.setClockOff(0);
  await a.restart();
  await everybodyHears();
  expect(balanceAt(a, memberId)).toMatchObject({ balance: 780, proposed: 9, lapsed: null });
});
