import { describe, expect, it } from "vitest";
import { makeDrafts } from "../../../../src-renderer/app/acts/drafts.ts";
import { withDesk } from "../../../../src-renderer/app/session/desks.ts";

const chen = { staffId: "1", userName: "chen", displayName: "陈雨桐", role: "clerk", permissions: ["member.read"] } as const;
const zhao = { ...chen, staffId: "2", userName: "zhao", displayName: "赵明远" };
const person = ({ permissions, ...rest }: typeof chen | typeof zhao) => ({ ...rest, permissions: [...permissions] });
const newDrafts = () => makeDrafts(() => "id");

describe("the desks of a counter", () => {
  it("are one for each person, with what that person typed", () => {
    const first = withDesk([], person(chen), newDrafts);
    first[0]?.drafts.open("award", "li", { amount: "" });
    first[0]?.drafts.change("award", "li", { amount: "1" });
    const both = withDesk(first, person(zhao), newDrafts);
    expect(both.map(({ drafts }) => drafts.hasUnfinished("li"))).toEqual([true, false]);
  });

  it("are found again as they were left, by somebody whose rights may have changed", () => {
    const left = withDesk([], person(chen), newDrafts);
    const [found] = withDesk(left, { ...person(chen), permissions: [] }, newDrafts);
    expect(found?.drafts).toBe(left[0]?.drafts);
    expect(found?.operator.permissions).toEqual([]);
  });
});
