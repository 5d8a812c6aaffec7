import { expect, it } from "vitest";
import { value } from "#test/support/counter.ts";
import { twoBranches } from "./support/two-branches.ts";

const places = twoBranches();

it("28. an award by a rule that gives less by now stands, and somebody shall look", async () => {
  const { world, a, join, award, balanceAt, lastVerdict } = places;
  const { memberId } = join(a);
  value(await world.publishRule({ ruleId: "brief", version: 2, points: 2 }));
  await a.exchange();
  value(await world.publishRule({ ruleId: "brief", version: 3, points: 1 }));
  expect(value(award(a, memberId, 30, { ruleId: "brief" })).points).toBe(60);
  await a.exchange();
  expect(lastVerdict(a)).toBe("flagged RULE_GIVES_LESS");
  expect(balanceAt(a, memberId).balance).toBe(60);
});

it("28. an award by a rule that gives more by now stands, and the difference is proposed", async () => {
  const { world, a, join, award, balanceAt, lastVerdict } = places;
  const { memberId } = join(a);
  value(await world.publishRule({ ruleId: "brief", version: 4, points: 3 }));
  expect(value(award(a, memberId, 30, { ruleId: "brief" })).points).toBe(30);
  await a.exchange();
  expect(lastVerdict(a)).toBe("applied");
  expect(balanceAt(a, memberId)).toMatchObject({ balance: 30, proposed: 60 });
});
