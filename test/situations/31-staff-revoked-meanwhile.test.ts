import { expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import { changeAccountAct } from "#shared/contracts/acts/accounts.ts";
import { value } from "#test/support/counter.ts";
import { twoBranches } from "./support/two-branches.ts";

const places = twoBranches();

it("31. what somebody did who was switched off meanwhile stands, and somebody shall look", async () => {
  const { world, a, join, award, balanceAt, lastVerdict } = places;
  const { memberId } = join(a);
  await a.exchange();
  const switchedOff = { requestId: uuidv7(), staffId: a.clerk.staffId, isActive: false };
  value(await world.admin().act(world.company.administrator, changeAccountAct, switchedOff));
  value(award(a, memberId, 15));
  await a.exchange();
  expect(lastVerdict(a)).toBe("flagged STAFF_INACTIVE");
  expect(balanceAt(a, memberId).balance).toBe(15);
});

it("31. what a manager did who was made a clerk meanwhile stands, too: nobody at the counter could know", async () => {
  const { world, a, join, memberAt, lastVerdict } = places;
  const { memberId } = join(a);
  await a.exchange();
  const demoted = { requestId: uuidv7(), staffId: a.manager.staffId, role: "clerk" } as const;
  value(await world.admin().act(world.company.administrator, changeAccountAct, demoted));
  value(a.counter().blockCard({ requestId: uuidv7(), memberId, reason: "lost" }, a.manager));
  await a.exchange();
  expect(lastVerdict(a)).toBe("flagged ROLE_CHANGED");
  expect(memberAt(a, memberId).card).toMatchObject({ state: "blocked" });
});
