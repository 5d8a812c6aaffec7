import { expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import { manager, openCounter, refusal, value } from "#test/support/counter.ts";

it("a reason that head office retires is offered no more and refused, and what was done under it keeps its name (Z-06)", () => {
  const counter = openCounter();
  const [first, second] = [counter.member(), counter.member()];
  value(counter.blockCard({ requestId: uuidv7(), memberId: first.memberId, reason: "lost" }, manager));
  const name = { "zh-CN": "遗失", "en-US": "Lost" };
  counter.hear("dictionaryEntry", "cardBlockReason/lost", { kind: "cardBlockReason", code: "lost", name, position: 10, isActive: false });

  expect(counter.listEntries().find(({ code }) => code === "lost")).toMatchObject({ isActive: false });
  const asked = { requestId: uuidv7(), memberId: second.memberId };
  expect(refusal(counter.blockCard({ ...asked, reason: "lost" }, manager))).toEqual({ code: "REASON_UNKNOWN" });
  expect(refusal(counter.blockCard({ ...asked, reason: "whatever" }, manager))).toEqual({ code: "REASON_UNKNOWN" });
  value(counter.blockCard({ ...asked, reason: "stolen" }, manager));
  expect(counter.journal(manager).flatMap(({ reasonName }) => reasonName?.["en-US"] ?? [])).toEqual(["Stolen", "Lost"]);
});
