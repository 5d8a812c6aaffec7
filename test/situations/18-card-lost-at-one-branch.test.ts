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
