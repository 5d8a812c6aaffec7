import { beforeAll, expect, it } from "vitest";
import { listQueueAct } from "#shared/contracts/acts/queue.ts";
import { value } from "#test/support/counter.ts";
import { twoBranches } from "./support/two-branches.ts";

const places = twoBranches();
const capped = { ruleId: "capped" };

/** A member gets 500 points a day under it, wherever. */
beforeAll(async () => {
  value(await places.world.publishRule({ ...capped, capPerDay: 500 }));
  await places.everybodyHears();
});

it("22. a cap reached at two counters that are apart: the excess stays and is flagged, and who asks is told what the other branch had", async () => {
  const { world, a, b, knownAtBoth, award, balanceAt, lastVerdict, everybodyHears } = places;
  const { memberId } = await knownAtBoth(1);
  // Each counts what it knows.
  expect(value(award(a, memberId, 400, capped)).points).toBe(400);
  expect(value(award(b, memberId, 400, capped)).points).toBe(400);
  await everybodyHears();
  expect([lastVerdict(a), lastVerdict(b)]).toEqual(["applied", "flagged CAP_EXCEEDED"]);
  expect(balanceAt(b, memberId).balance).toBe(802);

  const { flagged } = value(await world.admin().act(world.company.administrator, listQueueAct, {}));
  expect(flagged.lines).toContainEqual(expect.objectContaining({ branch: "分店B", points: 400, capElsewhere: 400 }));
  const { lines } = value(b.counter().explain({ memberId, figure: "balance" }));
  expect(lines).toContainEqual(expect.objectContaining({ kind: "capExceeded", points: 0, elsewhere: 400 }));

  // Both have heard, and neither gives any more that day; the purchase is kept as a cause.
  for (const station of [a, b]) {
    const { points, cutByCap, member } = value(award(station, memberId, 30, capped));
    expect([points, cutByCap, member.capsLeft]).toEqual([0, 30, [{ ...capped, points: 0 }]]);
  }
  await everybodyHears();
  expect(balanceAt(a, memberId).balance).toBe(802);
  world.nextDay();
  expect(value(award(a, memberId, 30, capped)).points).toBe(30);
});

it("22. at one counter the cap cuts what is beyond it, with what the other had in the explanation, and a void makes room again", async () => {
  const { a, b, knownAtBoth, award, everybodyHears, lastVerdict } = places;
  const { memberId } = await knownAtBoth(1);
  value(award(a, memberId, 400, capped));
  await everybodyHears();
  const cut = value(award(b, memberId, 400, capped));
  expect(cut).toMatchObject({ points: 100, cutByCap: 300 });
  const { lines } = value(b.counter().explain({ memberId, figure: "balance" }));
  expect(lines).toContainEqual(expect.objectContaining({ kind: "capReached", points: 0, elsewhere: 400 }));

  value(b.counter().voidMovement({ requestId: places.world.newId(), undoes: cut.opId, reason: "returned" }, b.clerk));
  expect(value(award(b, memberId, 60, capped)).points).toBe(60);
  await everybodyHears();
  expect(lastVerdict(b)).toBe("applied");
  expect(places.memberAt(a, memberId).capsLeft).toEqual([{ ...capped, points: 40 }]);
});

it("22. a purchase of a day when nobody heard anybody counts for that day, whatever came after", async () => {
  const { world, a, b, knownAtBoth, award, lastVerdict, everybodyHears } = places;
  const { memberId } = await knownAtBoth(1);
  value(award(b, memberId, 300, capped));
  value(award(a, memberId, 300, capped));
  world.nextDay();
  value(award(a, memberId, 20, capped));
  await a.exchange();
  await b.exchange();
  expect(lastVerdict(b)).toBe("flagged CAP_EXCEEDED");
  expect(lastVerdict(a)).toBe("applied");
  await everybodyHears();
});
