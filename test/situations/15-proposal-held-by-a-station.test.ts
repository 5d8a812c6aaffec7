import { expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import { value } from "#test/support/counter.ts";
import { twoBranches } from "./support/two-branches.ts";

const places = twoBranches();

it("15. a proposal that A holds is A's to decide, line or no line, and nobody else's: head office says with whom it lies", async () => {
  const { world, a, join, award, balanceAt } = places;
  value(await world.publishRule({ ruleId: "checked", approval: "station" }));
  await a.exchange();
  const { memberId } = join(a);
  const { opId: proposalId } = value(award(a, memberId, 60, { ruleId: "checked" }));
  await a.exchange();
  const decision = { requestId: uuidv7(), proposalId, decision: "approve", reason: null } as const;
  const refused = await world.decideAtHeadOffice(decision);
  expect(refused).toMatchObject({ ok: false, error: { code: "HELD_BY_STATION", data: { branch: "分店A" } } });

  value(await a.counter().decideProposal({ ...decision, requestId: uuidv7() }, a.manager));
  expect(balanceAt(a, memberId)).toMatchObject({ balance: 60, proposed: 0 });
});
