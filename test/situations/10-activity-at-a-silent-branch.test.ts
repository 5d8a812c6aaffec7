import { beforeAll, expect, it } from "vitest";
import { sumPoints } from "#shared/domain/ledger/lots.ts";
import { refusal, value } from "#test/support/counter.ts";
import { twoBranches } from "./support/two-branches.ts";

const places = twoBranches();

/** Points of it lapse when the member is served nowhere for two months. */
beforeAll(async () => {
  await places.world.publishRule({ ruleId: "visits", validMonths: null, inactiveMonths: 2 });
  await places.everybodyHears();
});

it("10. a purchase at a silent branch keeps points alive that lapse without visits: what head office took is restored, with the reason", async () => {
  const { world, a, b, knownAtBoth, award, redeem, balanceAt, everybodyHears } = places;
  const { memberId } = await knownAtBoth(1);
  value(award(a, memberId, 700, { ruleId: "visits" }));
  await a.exchange();
  await world.host.office().runJobs();
  await everybodyHears();
  world.nextDay(40);

  // B serves the member, and nobody hears of it.
  value(redeem(b, memberId, 1));
  world.nextDay(30);
  expect(balanceAt(b, memberId).spendableHere).toBeGreaterThan(0);
  await a.exchange();
  await world.host.office().runJobs();
  // Two months are over since the last visit that A knows of; head office waits for B.
  await a.exchange();
  expect(balanceAt(a, memberId)).toMatchObject({ balance: 702, lapsed: null });

  world.nextDay(14);
  for (let round = 0; round < 3; round += 1) {
    await a.exchange();
    await world.host.office().runJobs();
  }
  await a.exchange();
  expect(balanceAt(a, memberId)).toMatchObject({ spendableHere: 1 });
  expect(value(a.counter().explain({ memberId, figure: "lapsed" })).lines).toContainEqual(
    expect.objectContaining({ kind: "lapseInactive", detail: "分店B" }),
  );
  expect(refusal(redeem(a, memberId, 1))).toMatchObject({ code: "INSUFFICIENT_POINTS" });

  await b.exchange();
  await world.host.office().runJobs();
  await everybodyHears();
  expect(balanceAt(a, memberId)).toMatchObject({ balance: 662 });
  const { total, lines } = value(a.counter().explain({ memberId, figure: "lapsed" }));
  expect(total).toBe(0);
  const gone = lines.filter(({ kind }) => kind === "lapseInactive");
  expect(lines).toContainEqual(expect.objectContaining({ kind: "lapseServed", detail: "分店B", points: -sumPoints(gone) }));
  value(redeem(a, memberId, 1));
});

it("10. who stays away everywhere loses the points, also those that lie at branches, and a late visit brings nothing back", async () => {
  const { world, a, b, knownAtBoth, award, balanceAt, everybodyHears } = places;
  const { memberId } = await knownAtBoth(1);
  value(award(a, memberId, 700, { ruleId: "visits" }));
  await everybodyHears();
  world.nextDay(65);
  value(award(b, memberId, 5, { ruleId: "visits" }));
  for (let round = 0; round < 3; round += 1) {
    await everybodyHears();
    world.nextDay();
    await everybodyHears();
    await world.host.office().runJobs();
  }
  await everybodyHears();
  expect(balanceAt(a, memberId)).toMatchObject({ balance: 7, lapsed: { points: 700, isConfirmed: true } });
  expect(balanceAt(b, memberId)).toMatchObject({ balance: 7 });
});

it("10. points of a purchase lapse too that head office hears of when their owner has stayed away for long enough", async () => {
  const { world, a, b, knownAtBoth, award, balanceAt, everybodyHears } = places;
  const { memberId } = await knownAtBoth(1);
  value(award(b, memberId, 300, { ruleId: "visits" }));
  world.nextDay(80);
  await a.exchange();
  // Head office does not wait for B any longer: the day on which these points end is done.
  await world.host.office().runJobs();

  for (let round = 0; round < 3; round += 1) {
    await everybodyHears();
    await world.host.office().runJobs();
  }
  await everybodyHears();
  expect(balanceAt(a, memberId)).toMatchObject({ balance: 2, lapsed: { points: 300, isConfirmed: true } });
  expect(balanceAt(b, memberId)).toMatchObject({ balance: 2 });
});
