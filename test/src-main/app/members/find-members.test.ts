import { createHmac } from "node:crypto";
import { uuidv7 } from "uuidv7";
import { describe, expect, it } from "vitest";
import type { Logger } from "#main/app/ports/logger.ts";
import { cardHash } from "#main/db/stores/directory.ts";
import { phoneTagOf } from "#shared/domain/members/phone-tag.ts";
import { cardNumber, clerk, directoryKey, openCounter, quietLog, refusal, value, type TestCounter } from "#test/support/counter.ts";

const found = (counter: TestCounter, text: string) => {
  const { members, isComplete } = counter.findMembers({ text }, clerk);
  return { names: members.map(({ name }) => name), isComplete };
};

/** As head office makes the tag of a phone. */
const tagOf = (phone: string) => phoneTagOf(phone, (text) => createHmac("sha256", directoryKey).update(text).digest());

function openSmallTown(log: Logger = quietLog) {
  const counter = openCounter({ log });
  const wang = counter.member({ name: "王小明", phone: "13812345678", card: 501 });
  const anna = counter.member({ name: "Anna Lee", phone: "13900000001", card: 502 });
  const twin = counter.member({ name: "王晓梅", phone: "13900000002", card: 503 });
  const stranger = uuidv7();
  counter.hear("directory", stranger, {
    memberId: stranger,
    memberNumber: "00002000018",
    nameMasked: "赵**",
    state: "active",
    homeBranch: "branch-b",
    phone: tagOf("13512348888"),
    cards: [
      {
        hash: cardHash(directoryKey, cardNumber(900)),
        last4: cardNumber(900).slice(-4),
        cardKind: "ordinary",
        state: "blocked",
        blockedReason: "lost",
      },
      {
        hash: cardHash(directoryKey, cardNumber(901)),
        last4: cardNumber(901).slice(-4),
        cardKind: "ordinary",
        state: "active",
        blockedReason: null,
      },
    ],
  });
  return { counter, wang, anna, twin, stranger };
}

describe("a member is found", () => {
  it("by the card, typed in any grouping", () => {
    const { counter } = openSmallTown();
    expect(found(counter, cardNumber(501))).toEqual({ names: ["王小明"], isComplete: true });
    expect(found(counter, cardNumber(501).replace(/(.{4})/g, "$1 "))).toEqual({ names: ["王小明"], isComplete: true });
  });

  it("by the phone, with spaces and hyphens", () => {
    const { counter } = openSmallTown();
    expect(found(counter, "138-1234 5678")).toEqual({ names: ["王小明"], isComplete: true });
  });

  it("by the member number", () => {
    const { counter, anna } = openSmallTown();
    expect(found(counter, anna.memberNumber)).toEqual({ names: ["Anna Lee"], isComplete: true });
  });

  it("by a part of the name, and by its first letters in pinyin", () => {
    const { counter } = openSmallTown();
    expect(found(counter, "小明")).toEqual({ names: ["王小明"], isComplete: false });
    expect(found(counter, "wxm").names.toSorted()).toEqual(["王小明", "王晓梅"].toSorted());
    expect(found(counter, "AL").names).toEqual(["Anna Lee"]);
    expect(found(counter, "anna").names).toEqual(["Anna Lee"]);
  });

  it("with the one whose whole name was typed first", () => {
    const { counter } = openSmallTown();
    counter.member({ name: "王小" });
    expect(found(counter, "王小").names[0]).toBe("王小");
  });

  it("by a part of the number", () => {
    const { counter, wang } = openSmallTown();
    expect(found(counter, wang.memberNumber.slice(0, 5)).names).toHaveLength(3);
  });

  it("by pinyin with or without the input method's marks, and by the given name alone", () => {
    const { counter } = openSmallTown();
    for (const typed of ["wangxiaoming", "Wang xiao ming", "wang'xiao'ming", "xiaoming"])
      expect(found(counter, typed).names).toEqual(["王小明"]);
    expect(found(counter, "lee").names).toEqual(["Anna Lee"]);
  });

  it.each([
    ["单田芳", "shantianfang", "dantianfang", "stf"],
    ["种师道", "chong", "zhongshidao", "csd"],
    ["尉迟恭", "yuchigong", "yuchi", "ycg"],
    ["吕布", "lvbu", "lv", "lb"],
  ])("of the surname %s, whichever reading is typed", (name, ...typed) => {
    const counter = openCounter();
    counter.member({ name });
    for (const text of typed) expect(found(counter, text).names).toEqual([name]);
  });

  it("by a name of two characters, and by one of them", () => {
    const counter = openCounter();
    counter.member({ name: "王芳" });
    expect(found(counter, "王芳").names).toEqual(["王芳"]);
    expect(found(counter, "芳").names).toEqual(["王芳"]);
    expect(found(counter, "ｗｆ").names).toEqual(["王芳"]);
  });

  it("by a part of the phone and by the last digits of the card", () => {
    const { counter } = openSmallTown();
    expect(found(counter, "1234 5").names).toEqual(["王小明"]);
    expect(found(counter, cardNumber(502).slice(-4)).names).toContain("Anna Lee");
    expect(found(counter, "13").names).toEqual([]);
  });

  it("by the whole phone when at home elsewhere, and not by a part of it", () => {
    const { counter } = openSmallTown();
    expect(found(counter, "135 1234 8888")).toEqual({ names: ["赵**"], isComplete: true });
    expect(found(counter, "1351234888").names).toEqual([]);
    expect(found(counter, "8888").names).toEqual([]);
  });

  it("elsewhere, which is logged with who asked and without whom", () => {
    const lines: unknown[] = [];
    const { counter } = openSmallTown({ ...quietLog, info: (facts) => void lines.push(facts) });
    found(counter, "13512348888");
    found(counter, "13812345678");
    expect(lines).toEqual([{ by: clerk.staffId, found: 1 }]);
  });

  it("under a new name and no longer under the old one", () => {
    const { counter } = openSmallTown();
    const row = {
      memberId: uuidv7(),
      memberNumber: "00003000016",
      homeBranch: "branch-a",
      phones: [],
      birthday: null,
      address: "",
      createdAtMs: 1,
    };
    counter.hear("member", row.memberId, { ...row, state: "active", name: "赵本山" });
    counter.hear("member", row.memberId, { ...row, state: "active", name: "李明" });
    expect(found(counter, "zhao").names).toEqual([]);
    expect(found(counter, "lm").names).toEqual(["李明"]);
  });

  it("though the row was written before there was pinyin", () => {
    const { counter } = openSmallTown();
    counter.database.sqlite.exec("DELETE FROM member_key");
    counter.close();
    expect(found(openCounter({ file: counter.file }), "wxm").names).toHaveLength(2);
  });

  it("by card or number when at home elsewhere, masked, and never by name", () => {
    const { counter } = openSmallTown();
    expect(found(counter, cardNumber(901))).toEqual({ names: ["赵**"], isComplete: true });
    expect(found(counter, "00002000018")).toEqual({ names: ["赵**"], isComplete: true });
    expect(found(counter, "赵").names).toEqual([]);
  });
});

describe("nobody is found", () => {
  it("by the wild cards of the database, or by marks", () => {
    const { counter } = openSmallTown();
    for (const text of ["%", "_", "\\", "%王", "王_明", "*", "?", "'", '"', "王小明' OR 1=1 --"])
      expect(found(counter, text).names).toEqual([]);
  });

  it("by something else when a person was erased and has no name left", () => {
    const { counter } = openSmallTown();
    const memberId = uuidv7();
    counter.hear("member", memberId, {
      memberId,
      memberNumber: "00003000016",
      homeBranch: "branch-a",
      state: "active",
      name: "",
      phones: [],
      birthday: null,
      address: "",
      createdAtMs: 1,
    });
    expect(found(counter, "李").names).toEqual([]);
    expect(found(counter, "00003000016").names).toEqual([""]);
  });
});

describe("the card that was swiped", () => {
  it("is named by its own state, also when it is an old one of a member elsewhere", () => {
    const { counter, stranger } = openSmallTown();
    const old = value(counter.identifyCard({ card: { number: cardNumber(900) } }));
    expect(old).toMatchObject({
      memberId: stranger,
      swipedCardState: "blocked",
      card: { last4: cardNumber(901).slice(-4), state: "active" },
    });
    expect(value(counter.identifyCard({ card: { number: cardNumber(901) } })).swipedCardState).toBe("active");
  });

  it("is of nobody here, or is not ours", () => {
    const { counter } = openSmallTown();
    const blank = cardNumber(999);
    expect(refusal(counter.identifyCard({ card: { number: blank } }))).toEqual({ code: "CARD_UNKNOWN_HERE", last4: blank.slice(-4) });
    expect(refusal(counter.identifyCard({ card: { number: "6222021234567890" } }))).toEqual({ code: "CARD_NOT_RECOGNISED" });
    expect(refusal(counter.identifyCard({ card: { handle: "no-such-swipe" } }))).toEqual({ code: "HANDLE_EXPIRED" });
  });
});

describe("a new member", () => {
  it("is entered once when the form is sent twice", () => {
    const counter = openCounter();
    const asked = { requestId: uuidv7(), name: "王小明", phones: ["13812345678"] };
    const first = value(counter.createMember(asked, clerk));
    expect(value(counter.createMember(asked, clerk))).toEqual(first);
    expect(refusal(counter.createMember({ ...asked, name: "王小红" }, clerk))).toEqual({ code: "REQUEST_ID_REUSED" });
    expect(counter.operations()).toEqual(["member.create"]);
  });

  it("gets the next number of this station, and a refusal uses none up", () => {
    const counter = openCounter();
    expect(counter.member().memberNumber).toMatch(/^0000100001\d$/);
    const taken = { requestId: uuidv7(), name: "李娜", phones: ["13912340000"] };
    value(counter.createMember(taken, clerk));
    expect(refusal(counter.createMember({ ...taken, requestId: uuidv7() }, clerk))).toMatchObject({
      code: "PHONE_TAKEN",
      nameMasked: "李*",
    });
    expect(counter.member().memberNumber).toMatch(/^0000100003\d$/);
  });

  it("is refused for any phone that somebody has, and says who, masked", () => {
    const counter = openCounter();
    const wang = counter.member({ name: "王小明", phone: "13812345678" });
    const asked = { requestId: uuidv7(), name: "李娜", phones: ["13900000009", "13812345678"] };
    expect(refusal(counter.createMember(asked, clerk))).toEqual({ code: "PHONE_TAKEN", memberId: wang.memberId, nameMasked: "王**" });
  });

  it("is not written when the station's numbers are used up", () => {
    const counter = openCounter();
    counter.database.sqlite.prepare("INSERT INTO meta (key, value) VALUES ('memberSerial', ?)").run(Buffer.from("99999"));
    const asked = { requestId: uuidv7(), name: "李娜", phones: ["13900000009"] };
    expect(refusal(counter.createMember(asked, clerk))).toEqual({ code: "NUMBERS_USED_UP" });
    expect(counter.operations()).toEqual([]);
  });
});
