import { describe, expect, it } from "vitest";
import type { MemberCard } from "#shared/contracts/members.ts";
import { fieldsOf, whatChanged } from "../../../../src-renderer/features/acts/details.ts";

const member = {
  name: "王小明",
  phonesMasked: ["138****5678", "139****0000"],
  birthday: null,
  address: "解放路 1 号",
} as Partial<MemberCard> as MemberCard;

describe("what a person changed of a member's details", () => {
  it("is nothing in a form that was only looked at", () => {
    expect(whatChanged(fieldsOf(member))).toEqual({ seen: {}, changed: {} });
  });

  it("is what was typed and what stood there, and nothing of the other fields", () => {
    expect(whatChanged({ ...fieldsOf(member), birthday: "1990年5月1日", address: " 人民路 2 号 " })).toEqual({
      seen: { birthday: null, address: "解放路 1 号" },
      changed: { birthday: "1990-05-01", address: "人民路 2 号" },
    });
  });

  it("names a phone that stays by the stars that are shown for it", () => {
    expect(whatChanged({ ...fieldsOf(member), phone2: "13700001111" }).changed).toEqual({ phones: ["138****5678", "13700001111"] });
  });

  it("compares with what was on the screen when the form was opened, whatever stands there now", () => {
    const opened = fieldsOf(member);
    expect(whatChanged({ ...opened, name: "王晓明" }).seen).toEqual({ name: "王小明" });
  });
});
