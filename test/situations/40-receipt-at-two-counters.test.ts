import { expect, it } from "vitest";
import { listQueueAct } from "#shared/contracts/acts/queue.ts";
import { refusal, value } from "#test/support/counter.ts";
import { twoBranches } from "./support/two-branches.ts";

const places = twoBranches();

it("40. the same receipt at two counters earns at both, and somebody shall look at the second; at one counter it is refused", async () => {
  const { a, b, join, award, balanceAt, lastVerdict, everybodyHears } = places;
  const [atA, atB] = [join(a), join(b)];
  value(award(a, atA.memberId, 40, { receiptNumber: "T-2026-0001" }));
  value(award(b, atB.memberId, 40, { receiptNumber: "T-2026-0001" }));
  await everybodyHears();
  expect([lastVerdict(a), lastVerdict(b)]).toEqual(["applied", "flagged RECEIPT_ELSEWHERE"]);
  expect(balanceAt(b, atB.memberId).balance).toBe(40);
  // Whoever looks has both before their eyes: who entered which paper, and where.
  const { flagged } = value(await places.world.admin().act(places.world.company.administrator, listQueueAct, {}));
  const [doubtful] = flagged.lines;
  expect([doubtful, doubtful?.other].map((entry) => [entry?.branch, entry?.by, entry?.receiptNumber])).toEqual([
    ["分店B", b.clerk.displayName, "T-2026-0001"],
    ["分店A", a.clerk.displayName, "T-2026-0001"],
  ]);
  expect(refusal(award(a, atA.memberId, 40, { receiptNumber: "T-2026-0001" }))).toMatchObject({ code: "RECEIPT_USED" });
});
