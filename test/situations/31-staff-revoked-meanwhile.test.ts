import { expect, it } from "vitest";
import { value } from "#test/support/counter.ts";
import { twoBranches } from "./support/two-branches.ts";

const places = twoBranches();

it("31. what somebody did who was switched off meanwhile stands, and somebody shall look", async () => {
  const { world, a, join, award, balanceAt, lastVerdict } = places;
  const { memberId } = join(a);
  await a.exchange();
  await world.company.database.query(`update record set doc = doc || '{"isActive": false}' where kind = 'staff' and id = $1`, [
    a.clerk.staffId,
  ]);
  value(award(a, memberId, 15));
  await a.exchange();
  expect(lastVerdict(a)).toBe("flagged STAFF_INACTIVE");
  expect(balanceAt(a, memberId).balance).toBe(15);
});
