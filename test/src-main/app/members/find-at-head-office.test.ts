import { describe, expect, it } from "vitest";
import type { FindRequest, FoundAtHeadOffice } from "#shared/contracts/sync/wire.ts";
import { err, ok } from "#shared/std/result.ts";
import { cardNumber, clerk, openCounter, refusal, value } from "#test/support/counter.ts";

const elsewhere: FoundAtHeadOffice = {
  memberId: "0190b000-0000-7000-8000-000000000009",
  memberNumber: "00002000018",
  name: "赵**",
  phonesMasked: ["135****8888"],
  state: "active",
  homeBranch: "branch-b",
  card: { cardKind: "ordinary", last4: "0027", state: "active" },
  balance: 320,
};

describe("members whom head office knows", () => {
  it("come with its figure and when it was made, and without those who are known here", async () => {
    const counter = openCounter();
    const { memberId, memberNumber } = counter.member({ name: "王芳" });
    counter.line.find = async () => ok({ members: [{ ...elsewhere, memberId, memberNumber }, elsewhere], isCut: true, asOfMs: 77 });
    const found = value(await counter.findMembersAtHeadOffice({ text: "王芳" }, clerk));
    expect(found).toMatchObject({ isCut: true, asOfMs: 77 });
    expect(found.members).toMatchObject([
      {
        memberId: elsewhere.memberId,
        knownAs: "directory",
        name: "赵**",
        homeBranch: "城西店",
        balance: { balance: 320, asOfMs: 77, spendableHere: 0 },
      },
    ]);
  });

  it.each<[string, Pick<FindRequest, "kind" | "value">]>([
    ["王芳", { kind: "part", value: "王芳" }],
    [" 5678", { kind: "part", value: "5678" }],
    ["１３５ 1234-8888", { kind: "phone", value: "13512348888" }],
    ["00002000018", { kind: "memberNumber", value: "00002000018" }],
    [cardNumber(7), { kind: "card", value: cardNumber(7) }],
  ])("are asked for by what %s is", async (text, question) => {
    const counter = openCounter();
    const asked: unknown[] = [];
    counter.line.find = async (each) => {
      asked.push(each);
      return ok({ members: [], isCut: false, asOfMs: 1 });
    };
    await counter.findMembersAtHeadOffice({ text }, clerk);
    expect(asked).toEqual([{ ...question, by: clerk.staffId }]);
  });

  it("are not to be had without a line, too often, or by whom head office does not let", async () => {
    const counter = openCounter();
    const asked = async () => refusal(await counter.findMembersAtHeadOffice({ text: "王芳" }, clerk));
    expect(await asked()).toEqual({ code: "NEEDS_HEAD_OFFICE" });
    counter.line.find = async () => err({ code: "LOOKED_TOO_OFTEN", data: {} });
    expect(await asked()).toEqual({ code: "LOOKED_TOO_OFTEN" });
    counter.line.find = async () => err({ code: "FORBIDDEN", data: {} });
    expect(await asked()).toEqual({ code: "FORBIDDEN", permission: "member.read" });
  });
});
