import { expect, it } from "vitest";
import { refusal, value } from "#test/support/counter.ts";
import { twoBranches } from "./support/two-branches.ts";

const places = twoBranches();

it("7. points past their last day are spent nowhere from that instant on, and expire once no branch can have spent them", async () => {
  const { world, a, b, knownAtBoth, award, balanceAt, redeem } = places;
  const { memberId } = await knownAtBoth(1);
  const { opId: lotId } = value(award(a, memberId, 80, { ruleId: "brief" }));
  await a.exchange();
  world.nextDay(50);
  const lapsed = { points: 80, givenBack: 0, isConfirmed: false };
  expect(balanceAt(a, memberId)).toMatchObject({ balance: 2, spendableHere: 1, lapsed });
  expect(refusal(redeem(a, memberId, 1))).toMatchObject({ code: "INSUFFICIENT_POINTS", spendableHere: 1 });
  await a.exchange();
  expect(a.log().at(-1)).toMatchObject({ type: "rights.release", state: "applied" });
  const { accounts } = await world.books.unspent([memberId]);
  expect(accounts).toContainEqual({ lotId, memberId, holder: "POOL", amount: 80 });

  // B has been silent since, for longer than head office waits.
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
