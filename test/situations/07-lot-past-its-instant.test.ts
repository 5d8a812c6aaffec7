import { expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import { restorePointsAct } from "#shared/contracts/acts/expired-points.ts";
import type { Operator } from "#shared/domain/staff/roles.ts";
import { refusal, value } from "#test/support/counter.ts";
import { twoBranches } from "./support/two-branches.ts";

const places = twoBranches();

it("7. points past their last day are spent nowhere from that instant on, and expire once no branch can have spent them", async () => {
  const { world, a, b, knownAtBoth, award, balanceAt, redeem } = places;
  const { memberId } = await knownAtBoth(1);
  const { opId: lotId } = value(award(a, memberId, 80, { ruleId: "brief" }));
  await a.exchange();
  world.nextDay(40);
  const lapsed = { points: 80, givenBack: 0, isConfirmed: false };
  expect(balanceAt(a, memberId)).toMatchObject({ balance: 2, spendableHere: 1, lapsed });
  expect(refusal(redeem(a, memberId, 1))).toMatchObject({ code: "INSUFFICIENT_POINTS", spendableHere: 1 });
  await a.exchange();
  expect(a.log().at(-1)).toMatchObject({ type: "rights.release", state: "applied" });
  const { accounts } = await world.books.unspent([memberId]);
  expect(accounts).toContainEqual({ lotId, memberId, holder: "POOL", amount: 80 });

  // B has been silent since, for longer than head office waits.
  world.nextDay(10);
  await world.host.office().runJobs();
  await a.exchange();
  expect(balanceAt(a, memberId)).toMatchObject({ balance: 2, lapsed: { ...lapsed, isConfirmed: true } });
  const { lines } = value(a.counter().explain({ memberId, figure: "lapsed" }));
  expect(lines).toMatchObject([{ kind: "lapseExpired", points: 80, detail: "分店B" }]);
  await b.exchange();
  expect(balanceAt(b, memberId)).toMatchObject({ balance: 2, lapsed: { isConfirmed: true } });
});

it("7. head office may die at any moment of it, and nothing expires twice or is forgotten", async () => {
  const { world, a, b, join, award, balanceAt } = places;
  const members = [join(a), join(a), join(b)].map(({ memberId }) => memberId);
  for (const [i, memberId] of members.entries()) value(award(i < 2 ? a : b, memberId, 700, { ruleId: "brief" }));
  await a.exchange();
  await b.exchange();
  world.nextDay(50);
  await a.exchange();
  await b.exchange();
  let deaths = 0;
  for (let isDone = false; !isDone;) {
    world.endHeadOfficeIn(deaths);
    isDone = await world.host
      .office()
      .runJobs()
      .then(
        () => true,
        () => false,
      );
    if (!isDone) deaths += 1;
    await world.restartHeadOffice();
  }
  expect(deaths).toBeGreaterThan(10);
  await a.exchange();
  await b.exchange();
  const told = members.map((memberId, i) => balanceAt(i < 2 ? a : b, memberId));
  const gone = { balance: 0, lapsed: { points: 700, givenBack: 0, isConfirmed: true } };
  expect(told).toMatchObject([gone, gone, gone]);
});

it("7. a manager of the member's branch gives expired points back, with a reason, and no more than expired", async () => {
  const { world, a, b, join, award, balanceAt, everybodyHears } = places;
  const { memberId } = join(a);
  value(award(a, memberId, 80, { ruleId: "brief" }));
  await everybodyHears();
  world.nextDay(50);
  await everybodyHears();
  await world.host.office().runJobs();
  await everybodyHears();
  const { lapsed } = balanceAt(a, memberId);
  const restore = (by: Operator | undefined, points: number) => {
    if (!by || !lapsed) throw new Error("80 points expired, and both branches have a manager");
    const asked = { requestId: uuidv7(), memberId, lapsedOn: lapsed.lapsedOn, points, reason: "ourFault" as const };
    return world.admin().act(by, restorePointsAct, asked);
  };
  const [atA, atB] = world.company.branches.map(({ manager }) => manager);
  expect(refusal(await restore(atB, 50))).toMatchObject({ code: "OUT_OF_SCOPE" });
  value(await restore(atA, 50));
  expect(refusal(await restore(atA, 50))).toMatchObject({ code: "MORE_THAN_EXPIRED", data: { points: 30 } });
  await everybodyHears();
  expect(balanceAt(a, memberId)).toMatchObject({ balance: 50, lapsed: { points: 30, givenBack: 50 } });
  const { lines } = value(a.counter().explain({ memberId, figure: "lapsed" }));
  expect(lines).toContainEqual(expect.objectContaining({ kind: "lapseRestored", points: -50, reason: "ourFault" }));
  // The days of grace are over, and nobody settles them with what was spent elsewhere.
  value(award(b, memberId, 5));
  world.nextDay(40);
  await everybodyHears();
  await world.host.office().runJobs();
  await everybodyHears();
  expect(balanceAt(a, memberId)).toMatchObject({ balance: 5, lapsed: { points: 50, isConfirmed: true } });
});
