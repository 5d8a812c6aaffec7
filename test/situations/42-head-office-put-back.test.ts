import { expect, it } from "vitest";
import { value } from "#test/support/counter.ts";
import { twoBranches } from "./support/two-branches.ts";

const places = twoBranches();

/** Head office's disk is put back as it was at the last backup: all that came after it is gone there. */
async function putBackHeadOffice(): Promise<void> {
  const { world } = places;
  world.host.kill();
  await world.timeline.settle();
  await world.disk.restore();
  await world.restartHeadOffice();
}

it("42. what head office lost with its tail is sent again, and stands in the books once", async () => {
  const { a, b, world, join, award, redeem, balanceAt, everybodyHears } = places;
  const { memberId } = join(a);
  value(award(a, memberId, 400));
  await everybodyHears();
  await world.disk.backup();
  value(award(a, memberId, 30));
  value(redeem(a, memberId, 2));
  await everybodyHears();
  const log = a.log().map(({ opId }) => opId);

  await putBackHeadOffice();
  await everybodyHears();
  await everybodyHears();
  expect(a.log().map(({ opId }) => opId)).toEqual(log);
  expect(balanceAt(a, memberId)).toMatchObject({ balance: 350, notExchanged: 0 });
  expect([a, b].map((station) => station.status().sync.refusedBy)).toEqual([null, null]);
});

it("42. points that were granted in the lost tail and spent since are charged where they lie now", async () => {
  const { a, world, join, award, redeem, balanceAt, everybodyHears } = places;
  const lastRedemption = () => a.log().findLast(({ type }) => type === "points.redeem");
  const { memberId } = join(a);
  value(award(a, memberId, 700));
  await a.exchange();
  await world.disk.backup();
  // What the counter holds beyond its own share was granted behind the backup.
  value(redeem(a, memberId, 5));
  await a.exchange();
  await a.exchange();
  const { spendableHere } = balanceAt(a, memberId);
  value(redeem(a, memberId, Math.floor(spendableHere / 40)));

  await putBackHeadOffice();
  await everybodyHears();
  await everybodyHears();
  // Head office does not remember that it granted them: they are found in its pool, and somebody may look.
  expect(lastRedemption()).toMatchObject({ state: "flagged", stateCode: "AFTER_PUT_BACK" });
  const left = 700 - 200 - Math.floor(spendableHere / 40) * 40;
  expect(balanceAt(a, memberId)).toMatchObject({ balance: left, notExchanged: 0 });
});
