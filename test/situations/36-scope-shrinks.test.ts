import { expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import { value } from "#test/support/counter.ts";
import { dayMs } from "#test/support/hand-clock.ts";
import { twoBranches } from "./support/two-branches.ts";

const places = twoBranches();

it("36. a member whom a branch has not served for two years leaves its counters; an edit made there meanwhile counts first", async () => {
  const { a, b, world, knownAtBoth, memberAt, everybodyHears, lastVerdict } = places;
  const { memberId, name, phonesMasked: phones, birthday, address } = await knownAtBoth(10);
  // B is cut off for two years and more, and the member phones once with a new address.
  world.timeline.sleepThrough(800 * dayMs);
  await a.exchange();
  await world.host.office().runJobs();
  const seen = { name, phones, birthday, address };
  const changed = { address: "解放路 36 号" };
  value(b.counter().changeMember({ requestId: uuidv7(), memberId, seen, changed }, b.manager));
  expect(memberAt(b, memberId)).toMatchObject({ knownAs: "workingSet", address: "解放路 36 号" });

  await b.exchange();
  expect(lastVerdict(b)).toBe("flagged LEFT_WORKING_SET");
  expect(memberAt(b, memberId)).toMatchObject({ knownAs: "directory" });
  await everybodyHears();
  expect(memberAt(a, memberId)).toMatchObject({ knownAs: "workingSet", address: "解放路 36 号" });
});
