import { expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import { refusal, value } from "#test/support/counter.ts";
import { minuteMs } from "#test/support/hand-clock.ts";
import { twoBranches } from "./support/two-branches.ts";

const places = twoBranches();

it("18. a card blocked at A is still served at B, which had not heard, from what B holds, and somebody shall look", async () => {
  const { world, a, b, knownAtBoth, redeem, lastVerdict } = places;
  const { memberId } = await knownAtBoth(900);
  value(a.counter().blockCard({ requestId: uuidv7(), memberId, reason: "stolen" }, a.manager));
  await a.exchange();
  // An edit is believed to be up to five minutes later than it was heard.
  await world.timeline.advance(10 * minuteMs);
  value(redeem(b, memberId, 1));
  await b.exchange();
  expect(lastVerdict(b)).toBe("flagged AFTER_BLOCK");
  expect(refusal(redeem(b, memberId, 1))).toEqual({ code: "CARD_BLOCKED" });
});

it("18. whoever takes the loss down reads the most that can still be spent, and where, and a thief at B, which has not heard, spends no more", async () => {
  const { a, b, knownAtBoth, redeem, planAt, balanceAt, everybodyHears } = places;
  const { memberId } = await knownAtBoth(900);
  const [still, ...others] = balanceAt(a, memberId).atOtherBranches;
  expect(others).toEqual([]);
  expect(still).toMatchObject({ branch: "分店B", points: 200 });
  const before = balanceAt(a, memberId).balance ?? 0;
  value(a.counter().blockCard({ requestId: uuidv7(), memberId, reason: "stolen" }, a.manager));
  await a.exchange();

  let stolen = 0;
  for (let glass = 0; glass < 20; glass++) if (redeem(b, memberId, 1).ok) stolen += planAt(b).costPoints;
  expect(stolen).toBeGreaterThan(0);
  expect(stolen).toBeLessThanOrEqual(still?.points ?? 0);
  await everybodyHears();
  expect(balanceAt(a, memberId).balance).toBe(before - stolen);
});
