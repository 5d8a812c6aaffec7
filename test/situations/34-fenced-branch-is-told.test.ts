import { expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import { fenceStationAct, listStationsAct } from "#shared/contracts/acts/stations.ts";
import { refusal, value } from "#test/support/counter.ts";
import { twoBranches } from "./support/two-branches.ts";

const places = twoBranches();

/** The administrator, having looked at the worst case. */
async function fence(replica: number) {
  const { world } = places;
  const by = world.company.administrator;
  const { stations } = value(await world.admin().act(by, listStationsAct, {}));
  const shown = stations.find((each) => each.replica === replica)?.rights ?? { points: 0, members: 0 };
  return value(await world.admin().act(by, fenceStationAct, { requestId: uuidv7(), replica, shown }));
}

it("15. a proposal that a dead branch held is head office's to decide once the branch is fenced", async () => {
  const { world, b, join, award, everybodyHears } = places;
  value(await world.publishRule({ ruleId: "checked", approval: "station" }));
  await everybodyHears();
  const { memberId } = join(b);
  const { opId: proposalId } = value(award(b, memberId, 60, { ruleId: "checked" }));
  await b.exchange();
  expect(await fence(b.replica)).toMatchObject({ proposals: 1 });
  value(await world.decideAtHeadOffice({ requestId: uuidv7(), proposalId, decision: "approve", reason: null }));
  await everybodyHears();
  expect(places.balanceAt(b, memberId)).toMatchObject({ balance: 60, proposed: 0 });
});

it("34. a branch that was fenced while it lived is told so at its next contact: what it did arrives, and it goes on under another name", async () => {
  const { a, b, join, award, redeem, balanceAt, everybodyHears } = places;
  const { memberId } = join(a);
  value(award(a, memberId, 400));
  await everybodyHears();
  const life = a.incarnation;
  expect(await fence(a.replica)).toMatchObject({ points: 400, members: 1 });
  // It cannot know, and its line is down.
  value(redeem(a, memberId, 2));
  value(award(a, memberId, 30));
  await everybodyHears();

  expect(a.incarnation).not.toBe(life);
  expect(a.log().every(({ state }) => state === "applied")).toBe(true);
  expect(balanceAt(a, memberId)).toMatchObject({ balance: 350, spendableHere: 350, notExchanged: 0 });
  value(redeem(a, memberId, 8));
  expect(refusal(redeem(a, memberId, 1))).toMatchObject({ code: "INSUFFICIENT_POINTS" });
  expect(b.status().sync.refusedBy).toBeNull();
});
