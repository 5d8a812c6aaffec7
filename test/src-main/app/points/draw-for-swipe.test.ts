import { beforeEach, describe, expect, it } from "vitest";
import type { MemberCard } from "#shared/contracts/members.ts";
import { makeDrawForSwipe } from "#main/app/points/draw-for-swipe.ts";
import { openCounter, value, type TestCounter } from "#test/support/counter.ts";

describe("a swipe while the line is up", () => {
  let counter: TestCounter;
  let wanted: number[];
  let drawFor: (card: MemberCard) => void;
  beforeEach(() => {
    counter = openCounter();
    wanted = [];
    counter.line.up = true;
    counter.line.draw = ({ want }) => {
      wanted.push(want);
      return Promise.resolve({ ok: true, value: { granted: want } });
    };
    drawFor = makeDrawForSwipe(counter.ports);
  });

  /** As the reader would report it, with so much of the member's at head office. */
  function swiped(atHeadOffice: number, spendableHere = 0): MemberCard {
    const { memberId } = counter.member();
    const card = value(counter.getMember({ memberId }));
    const balance = { ...card.balance, balance: atHeadOffice + spendableHere, atHeadOffice, spendableHere };
    return { ...card, swipedCardState: "active", balance };
  }

  it("asks for what a typical redemption lacks, and no more than head office has", () => {
    drawFor(swiped(2_000));
    drawFor(swiped(2_000, 420));
    drawFor(swiped(70));
    expect(wanted).toEqual([500, 80, 70]);
  });

  it("asks nothing for whoever has enough here, has nothing there, or shows a card that was blocked", () => {
    drawFor(swiped(2_000, 500));
    drawFor(swiped(0, 30));
    drawFor({ ...swiped(2_000), swipedCardState: "blocked" });
    counter.line.up = false;
    drawFor(swiped(2_000));
    expect(wanted).toEqual([]);
  });

  it("asks once for a visit, and again for the next one", () => {
    const card = swiped(2_000);
    drawFor(card);
    drawFor(card);
    counter.clock.atMs += 11 * 60 * 1000;
    drawFor(card);
    expect(wanted).toEqual([500, 500]);
  });
});
