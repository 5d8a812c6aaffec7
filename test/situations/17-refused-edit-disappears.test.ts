import { expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import { value } from "#test/support/counter.ts";
import { twoBranches } from "./support/two-branches.ts";

const places = twoBranches();

it("17. an edit that head office refuses shows at home until that is known, and then is gone from its author's screen", async () => {
  const { a, join, memberAt, lastVerdict } = places;
  const { memberId, phonesMasked: phones, ...member } = join(a);
  await a.exchange();
  const { name, birthday, address } = member;
  const seen = { name, phones, birthday, address };
  // Nobody whom head office ever gave an account.
  const stranger = { ...a.clerk, staffId: uuidv7() };
  const edit = { requestId: uuidv7(), memberId, seen, changed: { address: "解放路 1 号", birthday: "1990-05-01" } };
  value(a.counter().changeMember(edit, stranger));
  expect(memberAt(a, memberId)).toMatchObject({ address: "解放路 1 号", birthday: "1990-05-01" });

  await a.exchange();
  expect(lastVerdict(a)).toBe("quarantined NEVER_PERMITTED");
  expect(memberAt(a, memberId)).toMatchObject({ address: "", birthday: null });
});
