import { describe, expect, it } from "vitest";
import { codeLength, groupCode, plainCode } from "../../../../src-renderer/features/first-run/enrolment-code.ts";

describe("an enrolment code while it is typed", () => {
  it("shows the groups in which it was printed, however it was typed", () => {
    expect(groupCode("abcdefghjkmnpqrstvwxyz0123")).toBe("ABCDE-FGHJK-MNPQR-STVWX-YZ012-3");
    expect(groupCode("ABCDE FGHJK")).toBe("ABCDE-FGHJK");
    expect(groupCode("ａｂｃｄｅｆ")).toBe("ABCDE-F");
  });

  it("can be deleted past a hyphen", () => {
    expect(groupCode("ABCDE-")).toBe("ABCDE");
  });

  it("holds no more than a code does", () => {
    expect(plainCode(groupCode("A".repeat(40)))).toHaveLength(codeLength);
  });
});
