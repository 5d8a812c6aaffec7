import { expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import { value } from "#test/support/counter.ts";
import type { Outpost } from "#test/sim/world/outpost.ts";
import { twoBranches } from "./support/two-branches.ts";

const places = twoBranches();

it("16. of two decisions in one round the first received counts; the second is without effect, and each reviewer reads the other's", async () => {
  const { a, b, knownAtBoth, memberAt, everybodyHears, lastVerdict } = places;
  const { memberId } = await knownAtBoth(10);
  const rename = (station: Outpost, name: string) =>
    value(station.counter().changeMember({ requestId: uuidv7(), memberId, seen: { name: "王小明" }, changed: { name } }, station.clerk));
  rename(a, "王晓明");
  rename(b, "王小敏");
  await everybodyHears();
  const decide = (station: Outpost, decision: "accept" | "keep", reason: string | null) => {
    const [review] = station.counter().listReviews(station.manager).reviews;
    const { reviewId = "", round = 0 } = review ?? {};
    value(station.counter().decideReview({ requestId: uuidv7(), reviewId, round, decision, reason }, station.manager));
  };
  decide(a, "keep", "身份证上是晓明");
  decide(b, "accept", null);
  expect(memberAt(b, memberId).name).toBe("王小敏");
  await a.exchange();
  await b.exchange();
  expect(lastVerdict(b)).toBe("flagged DECIDED_BEFORE");
  await everybodyHears();
  for (const station of [a, b]) expect(memberAt(station, memberId).name).toBe("王晓明");
  const shownAt = (station: Outpost) => station.counter().listReviews(station.manager).reviews[0];
  expect(shownAt(b)).toMatchObject({ state: "kept", reason: "身份证上是晓明" });
  expect(shownAt(a)).toMatchObject({ decidedBy: a.manager.displayName, late: [{ decision: "accept" }] });
});
