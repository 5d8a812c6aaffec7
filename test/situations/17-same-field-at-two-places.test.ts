import { expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import type { ChangeMemberInput } from "#shared/contracts/members.ts";
import { value } from "#test/support/counter.ts";
import { minuteMs } from "#test/support/hand-clock.ts";
import type { Outpost } from "#test/sim/world/outpost.ts";
import { twoBranches } from "./support/two-branches.ts";

const places = twoBranches();

/** As a clerk does it: what is on the screen is what was seen. */
function change(station: Outpost, memberId: string, changed: ChangeMemberInput["changed"]) {
  const { name, phonesMasked: phones, birthday, address } = places.memberAt(station, memberId);
  const seen = { name, phones, birthday, address };
  return value(station.counter().changeMember({ requestId: uuidv7(), memberId, seen, changed }, station.clerk));
}

it("17. the same address changed at A and at B shows at home at once; everywhere the later one stays, and the other author is told", async () => {
  const { world, a, b, knownAtBoth, memberAt, everybodyHears, lastVerdict } = places;
  const { memberId } = await knownAtBoth(10);
  expect(change(a, memberId, { address: "解放路 1 号" }).address).toBe("解放路 1 号");
  await world.timeline.advance(minuteMs);
  expect(change(b, memberId, { address: "人民路 2 号", birthday: "1990-05-01" }).address).toBe("人民路 2 号");
  await everybodyHears();
  for (const station of [a, b]) expect(memberAt(station, memberId)).toMatchObject({ address: "人民路 2 号", birthday: "1990-05-01" });

  change(a, memberId, { address: "中山路 3 号" });
  await world.timeline.advance(minuteMs);
  change(b, memberId, { address: "建国路 4 号" });
  await b.exchange();
  await a.exchange();
  expect(lastVerdict(a)).toBe("flagged EDIT_OVERTAKEN");
  expect(memberAt(a, memberId).address).toBe("建国路 4 号");
  expect(a.counter().listEdits().edits).toMatchObject([
    { memberId, why: "overtaken", yours: { address: "中山路 3 号" }, kept: { address: "建国路 4 号" } },
  ]);
});

it("17. a name changed at A and at B waits for somebody to choose; the author sees what is kept and what was meant, and can send it again", async () => {
  const { a, b, knownAtBoth, memberAt, everybodyHears, lastVerdict } = places;
  const { memberId } = await knownAtBoth(10);
  change(a, memberId, { name: "王晓明" });
  change(b, memberId, { name: "王小敏", address: "解放路 5 号" });
  expect(memberAt(b, memberId).name).toBe("王小敏");
  await a.exchange();
  await b.exchange();
  expect(lastVerdict(b)).toBe("flagged NEEDS_REVIEW");
  expect(memberAt(b, memberId)).toMatchObject({ name: "王晓明", address: "解放路 5 号" });
  expect(b.counter().listEdits().edits).toMatchObject([{ memberId, why: "inReview", yours: { name: "王小敏" }, kept: { name: "王晓明" } }]);

  await everybodyHears();
  const [review] = a.counter().listReviews(a.manager).reviews;
  expect(review).toMatchObject({ memberId, round: 1, state: "open", current: { name: "王晓明" }, proposed: { name: "王小敏" } });
  const keep = { requestId: uuidv7(), reviewId: review?.reviewId ?? "", round: 1, decision: "keep", reason: "看过身份证" } as const;
  value(a.counter().decideReview(keep, a.manager));
  await everybodyHears();
  const [refused] = b.counter().listEdits().edits;
  expect(refused).toMatchObject({ memberId, why: "reviewKept", reason: "看过身份证" });

  value(b.counter().sendEditAgain({ requestId: uuidv7(), opId: refused?.opId ?? "" }, b.clerk));
  await everybodyHears();
  const [second] = b.counter().listReviews(b.manager).reviews;
  expect(second).toMatchObject({ reviewId: review?.reviewId, round: 2, state: "open" });
  const accept = { requestId: uuidv7(), reviewId: second?.reviewId ?? "", round: 2, decision: "accept", reason: null } as const;
  value(b.counter().decideReview(accept, b.manager));
  expect(memberAt(b, memberId).name).toBe("王小敏");
  await everybodyHears();
  expect(memberAt(a, memberId).name).toBe("王小敏");
  expect(b.counter().listEdits().edits).not.toContainEqual(expect.objectContaining({ memberId }));
});
