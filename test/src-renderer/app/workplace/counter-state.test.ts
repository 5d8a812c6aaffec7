import { describe, expect, it } from "vitest";
import type { MemberCard } from "#shared/contracts/members.ts";
import {
  nobody,
  stepBack,
  withMember,
  withoutMember,
  withSwipeRefusal,
  type SwipeRefusal,
} from "../../../../src-renderer/app/workplace/counter-state.ts";
import { interrupted, noScreens, withScreen } from "../../../../src-renderer/app/screens/open-screens.ts";

const member = (memberId: string, card: "active" | "blocked" | "none" = "active"): MemberCard => ({
  memberId,
  memberNumber: memberId,
  knownAs: "workingSet",
  name: memberId,
  phonesMasked: [],
  birthday: null,
  address: "",
  state: "active",
  erasedOn: null,
  homeBranch: "A",
  card:
    card === "none"
      ? null
      : { kindName: { "zh-CN": "主卡", "en-US": "Main card" }, last4: "0001", state: card, blockedReason: null, blockedOn: null },
  tier: null,
  capsLeft: [],
  alsoNumbered: [],
  subCards: [],
  swipedCardState: card === "none" ? null : card,
  swipedSubCardEndedOn: null,
  swipedIsSecondCard: false,
  balance: {
    balance: 0,
    spendableHere: 0,
    shared: null,
    leftInPools: [],
    atHeadOffice: 0,
    atOtherBranches: [],
    calledBack: [],
    held: [],
    heldElsewhere: [],
    setAside: [],
    awaitsContact: false,
    proposed: 0,
    debt: 0,
    asOfMs: null,
    notExchanged: 0,
    nextExpiry: null,
    lapsed: null,
  },
  lastVisits: [],
});
const unknownCard: SwipeRefusal = {
  type: "cardRefused",
  readId: "r",
  code: "CARD_UNKNOWN_HERE",
  cause: null,
  cardHandle: "h",
  last4: "9018",
};
const li = member("li");
const wang = member("wang");

describe("a swipe", () => {
  it("brings up its member over whatever was open", () => {
    const busy = { ...withMember(nobody, li, undefined), act: "redeem" as const, dialog: "find" as const };
    expect(withMember(busy, wang, li)).toMatchObject({ memberId: "wang", act: "award", dialog: undefined });
  });

  it("begins with points for a working card, and with a card for who has none that works", () => {
    expect(withMember(nobody, li, undefined).act).toBe("award");
    expect(withMember(nobody, member("new", "none"), undefined).act).toBe("issue");
    expect(withMember(nobody, member("lost", "blocked"), undefined).act).toBe("issue");
  });

  it("of the same card again goes on with what was begun", () => {
    const redeeming = { ...withMember(nobody, li, undefined), act: "redeem" as const };
    expect(withMember(redeeming, li, li).act).toBe("redeem");
  });

  it("leaves an open screen where it is", () => {
    const reading = { ...nobody, screens: withScreen(noScreens, "proposals") };
    expect(withMember(reading, li, undefined).screens.inFront).toBe("proposals");
  });

  it("of an unknown card is told", () => {
    expect(withSwipeRefusal(withMember(nobody, li, undefined), unknownCard).swipeRefusal).toBe(unknownCard);
  });

  it("of an unknown card is the card to issue where one is awaited", () => {
    const issuing = withMember(nobody, member("new", "none"), undefined);
    expect(withSwipeRefusal(issuing, unknownCard)).toMatchObject({ swipeRefusal: undefined, swipedCard: { handle: "h", last4: "9018" } });
  });

  it("of a card that is not ours is told also where a blank one is awaited", () => {
    const issuing = withMember(nobody, member("new", "none"), undefined);
    const refused: SwipeRefusal = { ...unknownCard, code: "CARD_NOT_RECOGNISED", cardHandle: null };
    expect(withSwipeRefusal(issuing, refused).swipeRefusal).toBe(refused);
  });
});

describe("the recent members", () => {
  it("are those who left, newest first, each once, without the one shown", () => {
    let state = withMember(nobody, li, undefined);
    state = withMember(state, wang, li);
    state = withMember(state, li, wang);
    state = withoutMember(state, li);
    expect(state.recent.map(({ memberId }) => memberId)).toEqual(["li", "wang"]);
  });

  it("are five", () => {
    let state = nobody;
    let shown: MemberCard | undefined;
    for (const id of ["a", "b", "c", "d", "e", "f", "g"]) {
      const next = member(id);
      state = withMember(state, next, shown);
      shown = next;
    }
    expect(state.recent.map(({ memberId }) => memberId)).toEqual(["f", "e", "d", "c", "b"]);
  });
});

describe("Esc", () => {
  it("takes away one thing at a time and the member last", () => {
    let state = { ...withMember(nobody, li, undefined), act: "redeem" as const, dialog: "help" as const, swipeRefusal: unknownCard };
    const steps = [state, stepBack(state, li), stepBack(stepBack(state, li), li)];
    expect(steps.map(({ dialog, swipeRefusal, act }) => [dialog, swipeRefusal?.code, act])).toEqual([
      ["help", "CARD_UNKNOWN_HERE", "redeem"],
      [undefined, "CARD_UNKNOWN_HERE", "redeem"],
      [undefined, undefined, "redeem"],
    ]);
    const toFirst = stepBack(steps[2] ?? state, li);
    expect(toFirst).toMatchObject({ memberId: "li", act: "award" });
    expect(stepBack(toFirst, li)).toMatchObject({ memberId: undefined, act: undefined });
  });

  it("leaves a screen before the member, and the screen stays as it was", () => {
    const both = { ...withMember(nobody, li, undefined), screens: withScreen(noScreens, "proposals") };
    const back = stepBack(both, li);
    expect(back).toMatchObject({ memberId: "li", screens: { inFront: undefined, opened: ["proposals"], interrupted: undefined } });
  });

  it("closes a form that needs no member", () => {
    expect(stepBack({ ...nobody, act: "void" }, undefined).act).toBeUndefined();
  });
});

describe("an act at the counter while a screen is open", () => {
  it("leaves the way back to the screen open until it is taken", () => {
    const waiting = interrupted(withScreen(noScreens, "proposals"));
    expect(waiting).toMatchObject({ inFront: undefined, interrupted: "proposals" });
    expect(interrupted(waiting).interrupted).toBe("proposals");
    expect(withScreen(waiting, "proposals")).toMatchObject({ inFront: "proposals", interrupted: undefined });
  });
});
