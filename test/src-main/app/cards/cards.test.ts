import { describe, expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import { makeBlockCard } from "#main/app/cards/block-card.ts";
import { makeReceiveSwipe } from "#main/app/cards/receive-swipe.ts";
import { cardNumber, clerk, manager, openCounter, refusal, value } from "#test/support/counter.ts";

describe("handing out a card", () => {
  it("binds it once when the form is sent twice", () => {
    const counter = openCounter();
    const { memberId } = counter.member({ card: null });
    const asked = { requestId: uuidv7(), memberId, card: { number: cardNumber(601) } };
    const first = value(counter.issueCard(asked, clerk));
    expect(first.card).toMatchObject({ last4: cardNumber(601).slice(-4), state: "active" });
    expect(value(counter.issueCard(asked, clerk))).toEqual(first);
    expect(refusal(counter.issueCard({ ...asked, card: { number: cardNumber(602) } }, clerk))).toEqual({ code: "REQUEST_ID_REUSED" });
    expect(counter.operations()).toEqual(["member.create", "card.issue"]);
  });

  it("by swipe is answered the same after the handle has expired", () => {
    const counter = openCounter();
    const { memberId } = counter.member({ card: null });
    const handle = counter.ports.handles.keep(cardNumber(603));
    const asked = { requestId: uuidv7(), memberId, card: { handle } };
    value(counter.issueCard(asked, clerk));
    counter.clock.set("2026-05-12T10:11:00+08:00");
    expect(value(counter.issueCard(asked, clerk)).card?.last4).toBe(cardNumber(603).slice(-4));
    expect(refusal(counter.issueCard({ ...asked, requestId: uuidv7() }, clerk))).toEqual({ code: "HANDLE_EXPIRED" });
    expect(refusal(counter.issueCard({ ...asked, card: { number: "1234" } }, clerk))).toEqual({ code: "REQUEST_ID_REUSED" });
  });

  it("is refused for a number that somebody has, a second main card, and a number that is not ours", () => {
    const counter = openCounter();
    const wang = counter.member({ card: 604 });
    const li = counter.member({ card: null });
    const asked = (memberId: string, number: string) => counter.issueCard({ requestId: uuidv7(), memberId, card: { number } }, clerk);
    expect(refusal(asked(li.memberId, cardNumber(604)))).toEqual({ code: "CARD_TAKEN" });
    expect(refusal(asked(wang.memberId, cardNumber(605)))).toEqual({ code: "HAS_MAIN_CARD", last4: cardNumber(604).slice(-4) });
    expect(refusal(asked(li.memberId, "6222021234567890"))).toEqual({ code: "CARD_NOT_RECOGNISED" });
    expect(refusal(asked(uuidv7(), cardNumber(605)))).toEqual({ code: "MEMBER_NOT_FOUND" });
  });
});

describe("a lost card", () => {
  it("is blocked for good, and a new one takes its place; the points stay", () => {
    const counter = openCounter();
    const { memberId } = counter.member({ card: 606 });
    counter.give(memberId, 300);
    const asked = { requestId: uuidv7(), memberId, reason: "lost" } as const;
    const blocked = value(counter.blockCard(asked, manager));
    expect(blocked.card).toMatchObject({ state: "blocked", blockedReason: "lost", blockedOn: "2026-05-12" });
    expect(value(counter.blockCard(asked, manager))).toEqual(blocked);
    expect(refusal(counter.blockCard({ ...asked, reason: "stolen" }, manager))).toEqual({ code: "REQUEST_ID_REUSED" });
    expect(refusal(counter.blockCard({ ...asked, requestId: uuidv7() }, manager))).toEqual({ code: "CARD_BLOCKED" });
    const renewed = value(counter.issueCard({ requestId: uuidv7(), memberId, card: { number: cardNumber(607) } }, clerk));
    expect(renewed).toMatchObject({ card: { last4: cardNumber(607).slice(-4), state: "active" }, balance: { balance: 300 } });
    expect(value(counter.identifyCard({ card: { number: cardNumber(606) } })).swipedCardState).toBe("blocked");
    expect(value(counter.tea(memberId)).member.balance.balance).toBe(220);
  });

  it("that was a sub-card is cancelled alone, without a new one; main card and points stay (K-09, K-12)", () => {
    const counter = openCounter();
    const { memberId } = counter.member({ card: 631 });
    counter.give(memberId, 300);
    for (const n of [632, 633])
      value(counter.issueCard({ requestId: uuidv7(), memberId, card: { number: cardNumber(n) }, as: "sub" }, clerk));
    const idOf = (n: number): string => {
      const { subCards } = value(counter.getMember({ memberId }));
      return subCards.find(({ last4 }) => last4 === cardNumber(n).slice(-4))?.cardId ?? "";
    };
    expect(idOf(632)).not.toContain(cardNumber(632));
    const asked = { requestId: uuidv7(), memberId, reason: "lost", subCardId: idOf(632) };
    const cancelled = value(counter.blockCard(asked, manager));
    expect(cancelled).toMatchObject({ card: { last4: cardNumber(631).slice(-4), state: "active" }, balance: { balance: 300 } });
    expect(cancelled.subCards.map(({ last4, state }) => [last4, state])).toEqual([
      [cardNumber(633).slice(-4), "active"],
      [cardNumber(632).slice(-4), "blocked"],
    ]);
    expect(value(counter.blockCard(asked, manager))).toEqual(cancelled);
    expect(refusal(counter.blockCard({ ...asked, subCardId: idOf(633) }, manager))).toEqual({ code: "REQUEST_ID_REUSED" });
    const { subCardId: _sub, ...main } = asked;
    expect(refusal(counter.blockCard(main, manager))).toEqual({ code: "REQUEST_ID_REUSED" });
    expect(refusal(counter.blockCard({ ...asked, requestId: uuidv7() }, manager))).toEqual({ code: "CARD_BLOCKED" });
    expect(refusal(counter.blockCard({ ...asked, requestId: uuidv7(), subCardId: "none" }, manager))).toEqual({ code: "NO_CARD" });
  });

  it("cannot be blocked where there is none", () => {
    const counter = openCounter();
    const { memberId } = counter.member({ card: null });
    expect(refusal(counter.blockCard({ requestId: uuidv7(), memberId, reason: "lost" }, manager))).toEqual({ code: "NO_CARD" });
    expect(refusal(counter.blockCard({ requestId: uuidv7(), memberId: uuidv7(), reason: "lost" }, manager))).toEqual({
      code: "MEMBER_NOT_FOUND",
    });
  });
});

describe("a replaced card (K-08, K-11)", () => {
  const lost = (memberId: string, card?: number) => ({
    requestId: uuidv7(),
    memberId,
    reason: "lost",
    ...(card !== undefined && { newCard: { number: cardNumber(card) } }),
  });

  it("stops working in the same act that hands the new one out, and the points stay", () => {
    const counter = openCounter();
    const { memberId } = counter.member({ card: 621 });
    counter.give(memberId, 300);
    const asked = lost(memberId, 622);
    const replaced = value(counter.blockCard(asked, manager));
    expect(replaced).toMatchObject({ card: { last4: cardNumber(622).slice(-4), state: "active" }, balance: { balance: 300 } });
    expect(value(counter.identifyCard({ card: { number: cardNumber(621) } })).swipedCardState).toBe("blocked");
    const group = counter.store.read((view) => view.operations.groupOf(asked.requestId));
    expect(group.map(({ type, transaction }) => ({ type, transaction }))).toEqual([
      { type: "card.block", transaction: { id: asked.requestId, n: 1, of: 2 } },
      { type: "card.issue", transaction: { id: asked.requestId, n: 2, of: 2 } },
    ]);
  });

  it("is replaced once when the form is sent twice, and under the same request id by no other card and by none", () => {
    const counter = openCounter();
    const { memberId } = counter.member({ card: 623 });
    const handle = counter.ports.handles.keep(cardNumber(624));
    const asked = { ...lost(memberId), newCard: { handle } };
    const first = value(counter.blockCard(asked, manager));
    const written = counter.operations();
    expect(value(counter.blockCard(asked, manager))).toEqual(first);
    // The answer was lost for longer than the handle of a swipe lives.
    counter.clock.set("2026-05-12T10:11:00+08:00");
    expect(value(counter.blockCard(asked, manager)).card).toEqual(first.card);
    const { requestId, reason } = asked;
    expect(refusal(counter.blockCard({ requestId, memberId, reason }, manager))).toEqual({ code: "REQUEST_ID_REUSED" });
    const other = { ...asked, newCard: { number: cardNumber(625) } };
    expect(refusal(counter.blockCard(other, manager))).toEqual({ code: "REQUEST_ID_REUSED" });
    expect(counter.operations()).toEqual(written);
  });

  it("is as it was when the new one may not be handed out", () => {
    const counter = openCounter();
    const { memberId } = counter.member({ card: 626 });
    counter.member({ card: 627 });
    const before = counter.operations();
    expect(refusal(counter.blockCard(lost(memberId, 627), manager))).toEqual({ code: "CARD_TAKEN" });
    expect(refusal(counter.blockCard(lost(memberId, 626), manager))).toEqual({ code: "CARD_TAKEN" });
    const notOurs = { ...lost(memberId), newCard: { number: "6222021234567890" } };
    expect(refusal(counter.blockCard(notOurs, manager))).toEqual({ code: "CARD_NOT_RECOGNISED" });
    expect(refusal(counter.blockCard(lost(memberId, 628), { ...manager, isRestricted: true }))).toEqual({
      code: "FORBIDDEN",
      permission: "card.issue",
    });
    expect(counter.operations()).toEqual(before);
    expect(value(counter.identifyCard({ card: { number: cardNumber(626) } })).swipedCardState).toBe("active");
  });

  it("is as it was when the power fails between the two", () => {
    const counter = openCounter();
    const { memberId } = counter.member({ card: 629 });
    const before = counter.operations();
    const fail = () => {
      throw new Error("the plug was pulled");
    };
    const replaceCard = makeBlockCard({ ...counter.ports, random: { ...counter.ports.random, uuid: fail } });
    const asked = lost(memberId, 630);
    expect(() => replaceCard(asked, manager)).toThrow("the plug was pulled");
    expect(counter.operations()).toEqual(before);
    expect(value(counter.blockCard(asked, manager)).card?.last4).toBe(cardNumber(630).slice(-4));
  });

  it("names the supervisor where a clerk blocks it, and not where the clerk hands the new one out", () => {
    const counter = openCounter();
    const { memberId } = counter.member({ card: 631 });
    const asked = lost(memberId, 632);
    const lent = { ...clerk, loan: { permission: "card.block", lentBy: manager.staffId } } as const;
    value(counter.blockCard(asked, lent));
    const group = counter.store.read((view) => view.operations.groupOf(asked.requestId));
    expect(group.map(({ body }) => body.second)).toEqual([manager.staffId, undefined]);
  });

  it("goes to head office with the new one in one batch, however small the batches are", () => {
    const counter = openCounter();
    const { memberId } = counter.member({ card: null });
    value(counter.issueCard({ requestId: uuidv7(), memberId, card: { number: cardNumber(633) } }, clerk));
    value(counter.blockCard(lost(memberId, 634), manager));
    const typesAfter = (after: number, maxOperations: number) =>
      counter.store.exchange((tx) => tx.outbox(after, { maxOperations, maxBytes: 1e6 })).operations.map(({ type }) => type);
    expect(typesAfter(0, 3)).toEqual(["member.create", "card.issue"]);
    expect(typesAfter(0, 4)).toEqual(["member.create", "card.issue", "card.block", "card.issue"]);
    expect(typesAfter(2, 1)).toEqual(["card.block", "card.issue"]);
  });
});

describe("a tag", () => {
  const tags = { kind: "tag", name: { "zh-CN": "感应扣", "en-US": "Tag" }, role: "main", media: "em4100", prefix: "", length: 10 } as const;
  const tag = { type: "cardRead", uid: "62E3086CED" } as const;

  it("that nobody has is handed out, and brings its member up from then on", () => {
    const counter = openCounter();
    counter.hear("cardKind", "tag", { ...tags, check: "none" });
    const read = makeReceiveSwipe(counter.ports);
    const unknown = read(tag);
    expect(unknown).toMatchObject({ type: "cardRefused", code: "CARD_UNKNOWN_HERE", last4: "6CED" });
    expect(JSON.stringify(unknown)).not.toContain(tag.uid);

    const { memberId } = counter.member({ card: null });
    const handle = unknown.type === "cardRefused" ? (unknown.cardHandle ?? "") : "";
    const issued = value(counter.issueCard({ requestId: uuidv7(), memberId, card: { handle } }, clerk));
    expect(issued.card).toMatchObject({ kindName: tags.name, last4: "6CED" });
    expect(read(tag)).toMatchObject({ type: "cardRead", card: { memberId, swipedCardState: "active" } });
  });

  it("is nobody's card where head office knows of no tags", () => {
    expect(makeReceiveSwipe(openCounter().ports)(tag)).toMatchObject({ code: "CARD_NOT_RECOGNISED", cardHandle: null, last4: null });
  });
});

describe("a swipe", () => {
  it("shows the member, never the number", () => {
    const counter = openCounter();
    const { memberId } = counter.member({ card: 608 });
    const shown = makeReceiveSwipe(counter.ports)({ type: "cardRead", tracks: { 2: `${cardNumber(608)}=2912101` } });
    expect(shown).toMatchObject({ type: "cardRead", card: { memberId, swipedCardState: "active" } });
    expect(JSON.stringify(shown)).not.toContain(cardNumber(608));
  });

  it("of a blank card gives a handle that stands for it for ten minutes", () => {
    const counter = openCounter();
    const shown = makeReceiveSwipe(counter.ports)({ type: "cardRead", tracks: { 2: cardNumber(609) } });
    expect(shown).toMatchObject({ type: "cardRefused", code: "CARD_UNKNOWN_HERE", last4: cardNumber(609).slice(-4) });
    expect(JSON.stringify(shown)).not.toContain(cardNumber(609));
    const handle = shown?.type === "cardRefused" ? (shown.cardHandle ?? "") : "";
    const { memberId } = counter.member({ card: null });
    const issued = value(counter.issueCard({ requestId: uuidv7(), memberId, card: { handle } }, clerk));
    expect(issued.card?.last4).toBe(cardNumber(609).slice(-4));
  });

  it("of somebody else's card leaves nothing of it behind", () => {
    const counter = openCounter();
    const shown = makeReceiveSwipe(counter.ports)({ type: "cardRead", tracks: { 2: "6222021234567890=29121010000" } });
    expect(shown).toMatchObject({ type: "cardRefused", code: "CARD_NOT_RECOGNISED", cardHandle: null, last4: null, cause: null });
  });

  it("that could not be read says why", () => {
    const shown = makeReceiveSwipe(openCounter().ports)({ type: "cardReadFailed", code: "TRUNCATED" });
    expect(shown).toMatchObject({ type: "cardRefused", code: "READ_FAILED", cause: "TRUNCATED" });
  });

  it("keeps one handle of a number, however often it is asked for", () => {
    const { handles } = openCounter().ports;
    const swiped = handles.keep("swiped");
    const next = Array.from({ length: 60 }, () => handles.keep("next"));
    expect(new Set(next).size).toBe(1);
    expect(handles.numberOf(swiped)).toBe("swiped");
  });

  it("keeps fifty handles at most: the oldest goes first", () => {
    const { handles } = openCounter().ports;
    const kept = Array.from({ length: 51 }, (_, i) => handles.keep(String(i)));
    expect(handles.numberOf(kept[0] ?? "")).toBeUndefined();
    expect(handles.numberOf(kept[1] ?? "")).toBe("1");
    expect(handles.numberOf(kept[50] ?? "")).toBe("50");
  });
});
